import { LOCK_FILE } from '../declarations/elsewhere/lock-file.js'
import { requested } from '../declarations/elsewhere/vendored.js'
import { at, type RepositoryRule } from './types.js'

/** Rules about plugins from elsewhere: the lock, and whether the files are those that it names. */
export const sourceRules: RepositoryRule[] = [
  {
    id: 'source/lock-invalid',
    title: 'The lock of plugins from elsewhere cannot be understood',
    why: 'Nobody can tell whether the files of these plugins are those of their sources.',
    severity: 'error',
    mend: 'Take the file from the last commit in which it was right; `tailchat-plugins add` and `update` write it.',
    bad: `version: 1
plugins:
  com.acme.theme: { source: github:acme/theme }`,
    good: `version: 1
plugins:
  com.acme.theme:
    source: github:acme/theme
    commit: 5d1f4b8c0e3a29f76b1d4c8e9a0f2b3c4d5e6f70
    directories:
      client/web/plugins/com.acme.theme: ""
    tree: sha256-…`,
    *check({ vendored }) {
      for (const { position, message } of vendored?.problems ?? [])
        yield at(position, { message: `${message}; no plugin was compared with its source` })
    },
  },
  {
    id: 'source/interrupted',
    title: 'Adding or updating a plugin was broken off',
    why: 'Some files are those of the new version and some of the old one.',
    severity: 'error',
    mend: 'Run any command that writes, such as `tailchat-plugins sync`: it first undoes what was left half done.',
    bad: '.tailchat-plugins.tmp/journal',
    good: 'no .tailchat-plugins.tmp',
    *check({ vendored }) {
      if (vendored?.interrupted)
        yield {
          file: LOCK_FILE,
          message:
            'an add, update or remove was killed halfway: run it again, or `tailchat-plugins sync`, which first undoes what is half done',
        }
    },
  },
  {
    id: 'source/modified',
    title: 'The files of a plugin from elsewhere are not those of its source',
    why: 'Whoever reads the lock believes that the files are those that were reviewed at the source, and an update overwrites the change or stops.',
    severity: 'error',
    mend: 'Restore the files, or say in tailchat-plugins.yml why they differ: `patched: REASON`. An update then merges.',
    bad: `# tailchat-plugins.yml, where a file was changed
com.acme.theme: { offer: registry }`,
    good: `com.acme.theme: { offer: registry, patched: our colours; theirs are not readable }`,
    *check({ vendored }) {
      for (const { name, locked, found, links, patched, position, unreadable } of vendored?.plugins ?? []) {
        const [directory = ''] = Object.keys(locked.directories)
        if (unreadable !== undefined) {
          yield at(position, {
            plugin: name,
            message: `its files were not compared with the lock: ${unreadable}`,
          })
          continue
        }
        for (const link of links)
          yield {
            plugin: name,
            file: link,
            message: `${link} is a symbolic link or a special file, which no source has: its content was not compared`,
          }
        if (found === undefined || found === locked.tree || patched !== undefined) continue
        yield {
          plugin: name,
          file: directory,
          message: `the files of ${name} are not those of ${requested(locked)}: restore them (\`git checkout -- ${Object.keys(locked.directories).join(' ')}\`, or \`tailchat-plugins remove\` and \`add\`), or declare \`patched: REASON\` in tailchat-plugins.yml`,
        }
      }
    },
  },
  {
    id: 'source/files-missing',
    title: 'The lock names a plugin that is not in the tree',
    why: 'It is neither built nor updated, and who reads the lock believes that it is there.',
    severity: 'error',
    mend: 'Run `tailchat-plugins remove NAME`, or restore the directory.',
    bad: `# no client/web/plugins/com.acme.theme
plugins:
  com.acme.theme: { … }`,
    good: 'plugins: {}',
    *check({ vendored }) {
      for (const { name, locked, found, position, unreadable } of vendored?.plugins ?? [])
        if (found === undefined && unreadable === undefined)
          yield at(position, {
            plugin: name,
            message: `${Object.keys(locked.directories).join(' and ')} ${Object.keys(locked.directories).length > 1 ? 'have' : 'has'} no files: restore them with git, or run \`tailchat-plugins remove ${name}\``,
          })
    },
  },
  {
    id: 'source/not-locked',
    title: 'Files that count as from elsewhere have no entry in the lock',
    why: 'What they are is not known, and no update comes.',
    severity: 'error',
    mend: 'Add the plugin with `tailchat-plugins add`, or remove the directory or the word `patched`.',
    bad: `# tailchat-plugins.yml; tailchat-plugins.lock does not name it
com.acme.theme: { patched: our colours }`,
    good: 'com.acme.theme: { offer: registry }',
    *check({ workspace, desired: { declarations }, vendored }) {
      for (const { name, others } of vendored?.plugins ?? [])
        for (const directory of others)
          yield {
            plugin: name,
            file: directory,
            message: `${name} is from elsewhere, and ${directory} is not among the directories of its entry in ${LOCK_FILE}: remove it, or give it another name`,
          }
      if (vendored && vendored.problems.length > 0) return
      const locked = new Set(vendored?.plugins.map(({ name }) => name))
      const names = new Set(workspace.plugins.map(({ name }) => name))
      for (const [name, { patched, position }] of declarations.plugins)
        if (patched !== undefined && names.has(name) && !locked.has(name))
          yield at(position, {
            plugin: name,
            message: `${name} is declared as patched, and ${LOCK_FILE} does not say from where it is: run \`tailchat-plugins add\` with its source, or remove \`patched\``,
          })
    },
  },
]
