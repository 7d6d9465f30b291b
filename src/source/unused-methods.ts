import type { ClassDeclaration, ClassExpression, Node } from '@babel/types'
import { type FunctionNode, keyOf } from '../formats/syntax-tree.js'
import type { ClassReading } from './class-scope.js'

/** Finds `started` and `stopped`: moleculer would call them, but TcService defines its own (use `onStart`, `onStop`). */
export function readUnusedMethods(
  definition: ClassDeclaration | ClassExpression,
  reading: ClassReading,
): void {
  if (!reading.extendsService) return
  for (const member of definition.body.body) {
    const name = keyOf(member)
    if ((name !== 'started' && name !== 'stopped') || ('static' in member && member.static)) continue
    // The class itself may call it.
    if (new RegExp(`\\bthis\\.${name}\\b`).test(reading.text)) continue
    const better = name === 'started' ? 'onStart' : 'onStop'
    const offset = ('key' in member && member.key.start) || 0
    reading.surface.unusedMethods.push({
      name,
      offset,
      fix: isRenamable(member) && !reading.members.has(better) ? renaming(member, offset, better) : undefined,
    })
  }
}

/** A field is set too late to be found; a private method can't stand for a protected one. */
function isRenamable(member: Node): boolean {
  if (member.type !== 'ClassMethod' || member.kind !== 'method' || member.key.type !== 'Identifier')
    return false
  const returns = member.returnType?.type === 'TSTypeAnnotation' && member.returnType.typeAnnotation.type
  return member.accessibility !== 'private' && returns !== 'TSVoidKeyword'
}

/** TcService's own methods are async, so one without a declared type has to be as well. */
function renaming(
  member: Node,
  offset: number,
  name: string,
): { offset: number; length: number; content: string } {
  const method = member as FunctionNode
  const content = method.async || method.returnType ? name : `async ${name}`
  return { offset, length: (name === 'onStart' ? 'started' : 'stopped').length, content }
}
