import type { ClassDeclaration, ClassExpression, File, Node } from '@babel/types'
import { forEachNode, type FunctionNode, isFunction, keyOf } from '../formats/syntax-tree.js'
import { unwrap } from '../formats/typescript.js'

/** A variable's value, and which property of it where it was destructured. */
export interface Variable {
  value: Node
  property?: string
}

/** Returns the members of a class that are not static, by name. */
export function membersOf(definition: ClassDeclaration | ClassExpression): Map<string, Node> {
  const members = new Map<string, Node>()
  for (const member of definition.body.body) {
    if ('static' in member && member.static) continue
    const name = keyOf(member)
    // With a getter and a setter, the getter is read.
    if (name !== undefined && !(member.type === 'ClassMethod' && member.kind === 'set'))
      members.set(name, member)
  }
  return members
}

/** Returns the function of a method, or of a property that holds one. */
export function functionOf(member: Node): FunctionNode | undefined {
  if (isFunction(member)) return member
  const value = 'value' in member && member.value ? unwrap(member.value as Node) : undefined
  return value && isFunction(value) ? value : undefined
}

/** Returns the variables that a node declares at any depth, by name. */
export function variablesIn(node: Node): Map<string, Variable> {
  const variables = new Map<string, Variable>()
  forEachNode(node, (each) => {
    if (each.type !== 'VariableDeclarator' || !each.init) return
    const value = unwrap(each.init)
    if (each.id.type === 'Identifier') variables.set(each.id.name, { value })
    if (each.id.type !== 'ObjectPattern') return
    for (const property of each.id.properties) {
      if (property.type !== 'ObjectProperty') continue
      const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value
      const name = keyOf(property)
      if (target.type === 'Identifier')
        variables.set(target.name, { value, ...(name !== undefined && { property: name }) })
    }
  })
  return variables
}

/** Returns the variables and functions that a file declares outside of any function, by name. */
export function topLevelVariables(tree: File): Map<string, Variable> {
  const variables = new Map<string, Variable>()
  for (const statement of tree.program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement
    if (declaration.type === 'FunctionDeclaration' && declaration.id)
      variables.set(declaration.id.name, { value: declaration })
    if (declaration.type === 'VariableDeclaration')
      for (const [name, variable] of variablesIn(declaration)) variables.set(name, variable)
  }
  return variables
}

/** Returns the module that each imported name comes from; `import x = require('./x')` counts. */
export function importedModules(tree: File): Map<string, string> {
  const modules = new Map<string, string>()
  for (const statement of tree.program.body) {
    if (statement.type === 'ImportDeclaration')
      for (const { local } of statement.specifiers) modules.set(local.name, statement.source.value)
    if (
      statement.type === 'TSImportEqualsDeclaration' &&
      statement.moduleReference.type === 'TSExternalModuleReference'
    )
      modules.set(statement.id.name, statement.moduleReference.expression.value)
  }
  return modules
}
