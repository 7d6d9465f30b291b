import { LOCK_FILE } from '../declarations/elsewhere/lock-file.js'
import { requested } from '../declarations/elsewhere/vendored.js'
import { at, type RepositoryRule } from './types.js'

/** Rules about plugins from elsewhere: the lock, and whether the files are those that it names. */
export const sourceRules: RepositoryRule[] = [
  {
    id: 'source/lock-invalid',
    title: 'The lock of plugins from elsewhere is invalid',
    why: 'The files of these plugins are not compared with their sources.',
    severity: 'error',
    mend: 'Restore the file from the last commit in which it was valid; only `tailchat-plugins add`, `update` and `remove` should write it.',
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
    title: 'Adding or updating a plugin was interrupted',
    why: 'Some files may be those of the new version and others those of the old one.',
    severity: 'error',
    mend: 'Run any command that writes, such as `tailchat-plugins sync`: it first undoes the unfinished change.',
    bad: '.tailchat-plugins.tmp/journal',
    good: 'no .tailchat-plugins.tmp',
    *check({ vendored }) {
      if (vendored?.interrupted)
        yield {
          file: LOCK_FILE,
          message:
            'an add, update or remove was killed before it finished: run it again, or run `tailchat-plugins sync`; either first undoes the unfinished change',
        }
    },
  },
  {
    id: 'source/modified',
    title: 'The files of a plugin from elsewhere differ from its source',
    why: 'The lock says that the files are those of the source, which is what a reviewer relies on; and an update would overwrite the change.',
    severity: 'error',
    mend: 'Restore the files, or say in tailchat-plugins.yml why they differ: `patched: REASON`. Updates then merge the change.',
    bad: `# tailchat-plugins.yml, where a file was changed
com.acme.theme: { offer: registry }`,
    good: `com.acme.theme: { offer: registry, patched: our colours; the original ones are hard to read }`,
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
            message: `${link} is a symbolic link or a special file, which plugins from elsewhere can't have; it was not compared`,
          }
        if (found === undefined || found === locked.tree || patched !== undefined) continue
        yield {
          plugin: name,
          file: directory,
          message: `the files of ${name} differ from ${requested(locked)}: restore them (\`git checkout -- ${Object.keys(locked.directories).join(' ')}\`, or \`tailchat-plugins remove\` and \`add\`), or declare \`patched: REASON\` in tailchat-plugins.yml`,
        }
      }
    },
  },
  {
    id: 'source/files-missing',
    title: 'The lock names a plugin whose files are missing',
    why: 'It is neither built nor updated, although the lock says that it is there.',
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
    title: 'A plugin is treated as from elsewhere, but the lock has no entry for it',
    why: 'Its version is unknown, and it gets no updates.',
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
