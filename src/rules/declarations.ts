import { nearestPlugin } from '../lib/nearest.js'
import { misplacedHint } from './install-list.js'
import { at, type RepositoryRule } from './types.js'

/** The declarations file that is read where the input names no other. */
const DECLARATIONS = 'tailchat-plugins.yml'

export const declarationRules: RepositoryRule[] = [
  {
    id: 'declarations/invalid',
    title: 'The declarations file has a mistake',
    why: 'A declaration that is not understood would be ignored in silence.',
    severity: 'error',
    mend: 'Write what the message says is allowed there.',
    bad: `version: 1
plugins:
  com.acme.theme: { ofer: registry }`,
    good: `version: 1
plugins:
  com.acme.theme: { offer: registry }`,
    *check({ desired: { declarations } }) {
      for (const { position, message } of declarations.problems) yield at(position, { message })
    },
  },
  {
    id: 'declarations/misnamed',
    title: 'The declarations file has another name than the one that is read',
    why: 'Everything that it declares is ignored in silence.',
    severity: 'error',
    mend: 'Rename it to tailchat-plugins.yml, or name it in the input `declarations`; sync with fix renames it.',
    bad: 'tailchat-plugins.yaml',
    good: 'tailchat-plugins.yml',
    *check({ workspace: { misnamedDeclarations: file }, desired: { declarations } }) {
      if (file === undefined || declarations.file !== undefined) return
      yield {
        file,
        message: `${file} is not read: rename it to ${DECLARATIONS}, or set the input declarations to ${file}`,
        ...(/\.ya?ml$/i.test(file) && { fix: { rename: DECLARATIONS } }),
      }
    },
  },
  {
    id: 'declarations/unknown-plugin',
    title: 'A declared plugin is not in the tree',
    why: 'It is expected in the image and will never be there.',
    severity: 'error',
    mend: 'Add the plugin, or remove its declaration.',
    bad: `plugins:
  com.acme.gone: { offer: registry }`,
    good: `plugins:
  com.acme.theme: { offer: registry }`,
    *check({ workspace, desired: { declarations } }) {
      const names = workspace.plugins.map(({ name }) => name)
      for (const [name, { position }] of declarations.plugins) {
        if (names.includes(name)) continue
        const near = nearestPlugin(name, names)
        yield at(position, {
          plugin: name,
          message:
            misplacedHint(workspace, name) ||
            `${name} is neither in client/web/plugins nor in server/plugins${workspace.pluginsOnly ? ' nor in plugins' : ''}${near ? ` (did you mean ${near}?)` : ''}: add the plugin, or remove it from this file`,
        })
      }
    },
  },
  {
    id: 'declarations/old-name-in-use',
    title: 'A plugin is declared to be renamed from one that is still there',
    why: 'Its entries in the registration files are those of the other plugin, so none is renamed.',
    severity: 'error',
    mend: 'Remove `renamed-from`, or the directory with the old name.',
    bad: `# client/web/plugins has both
com.acme.colours: { renamed-from: com.acme.theme }`,
    good: `# client/web/plugins has com.acme.colours only
com.acme.colours: { renamed-from: com.acme.theme }`,
    *check({ workspace, desired: { declarations } }) {
      for (const [name, { renamedFrom, position }] of declarations.plugins) {
        const old = workspace.plugins.find((plugin) => plugin.name === renamedFrom)
        if (old)
          yield at(position, {
            plugin: name,
            message: `renamed-from: ${old.name} is still in ${old.directory}: remove that directory, or this line`,
          })
      }
    },
  },
  {
    id: 'declarations/nothing-to-offer',
    title: 'A backend plugin is declared to be offered',
    why: 'It has no browser side, so there is nothing that a user could install.',
    severity: 'error',
    mend: 'Remove `offer`: the services of a backend plugin load without.',
    bad: 'com.acme.audit: { offer: registry }',
    good: 'com.acme.audit: {}',
    *check({ workspace, desired: { declarations } }) {
      // A frontend plugin may have its backend in a plugin of the same name: then the offer is meant for it.
      const offerable = new Set(workspace.plugins.filter(({ web }) => web).map(({ name }) => name))
      for (const plugin of workspace.plugins) {
        const declaration = declarations.plugins.get(plugin.name)
        if (offerable.has(plugin.name) || !declaration?.offer || declaration.offer.includes('hidden'))
          continue
        yield at(declaration.position, {
          plugin: plugin.name,
          message: `${plugin.name} has no web part, so it cannot be offered as ${declaration.offer.join(', ')}: remove \`offer\` (its services load without)`,
        })
      }
    },
  },
]
