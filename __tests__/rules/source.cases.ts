import { renderLock } from '../../src/declarations/elsewhere/lock.js'
import { hashOfTree } from '../../src/declarations/elsewhere/tree.js'
import { below, type Files, frontendPlugin, registrations } from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const LOCK = 'tailchat-plugins.lock'
const NAME = 'com.acme.theme'
const PLACE = `client/web/plugins/${NAME}`
const registered = registrations({ registry: [NAME] })

/** The lock of the plugin as these files have it. */
function lockOf(files: Files): Files {
  const tree = hashOfTree(
    new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text ?? '')])),
  )
  const entry = { source: 'github:acme/theme', commit: 'a'.repeat(40), directories: { [PLACE]: '' }, tree }
  return { [LOCK]: renderLock(new Map([[NAME, entry]])) }
}

const plugin = frontendPlugin(NAME)
const sound: Files = { ...registered, ...plugin, ...lockOf(plugin) }
const changed: Files = { ...sound, [`${PLACE}/src/index.tsx`]: 'export const ours = 1\n' }
const patched: Files = {
  'tailchat-plugins.yml': `version: 1\nplugins:\n  ${NAME}: { patched: our colours }\n`,
}

export const sourceCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'source/lock-invalid',
    valid: { 'no lock': { files: {} }, 'a lock that was written': { files: sound } },
    invalid: {
      'a lock of another version': {
        files: { [LOCK]: 'version: 2\nplugins: {}\n' },
        finds: [{ at: `${LOCK}:1:1`, says: 'version' }],
      },
      'a merge conflict in the lock': {
        files: { [LOCK]: `${sound[LOCK] as string}<<<<<<< HEAD\n` },
        finds: [{ at: `${LOCK}:10:1`, says: 'not valid YAML' }],
      },
    },
  },
  {
    rule: 'source/interrupted',
    valid: {
      'a directory of that name which is somebody’s': { files: { '.tailchat-plugins.tmp/journal': '' } },
    },
    invalid: {
      'what a killed run leaves': {
        files: below('.tailchat-plugins.tmp', { journal: '', '.gitignore': '*\n' }),
        finds: [{ at: LOCK, says: 'was killed before it finished' }],
      },
    },
  },
  {
    rule: 'source/modified',
    valid: {
      'the files of the source': { files: sound },
      'other line endings': {
        files: { ...sound, [`${PLACE}/src/index.tsx`]: 'export {}\r\n' },
      },
      'installed packages': { files: { ...sound, [`${PLACE}/node_modules/a/index.js`]: '' } },
      'a change with a reason': { files: { ...changed, ...patched } },
    },
    invalid: {
      'a changed file': {
        files: changed,
        finds: [{ at: PLACE, plugin: NAME, says: 'differ from github:acme/theme (aaaaaaaaaaaa)' }],
      },
      'a file more': {
        files: { ...sound, [`${PLACE}/src/more.ts`]: 'export {}\n' },
        finds: [{ at: PLACE, plugin: NAME, says: 'patched: REASON' }],
      },
    },
  },
  {
    rule: 'source/files-missing',
    valid: { 'all of the files': { files: sound } },
    invalid: {
      'a plugin that is gone': {
        files: { ...registered, ...lockOf(plugin) },
        finds: [{ at: `${LOCK}:4:3`, plugin: NAME, says: 'has no files' }],
      },
    },
  },
  {
    rule: 'source/not-locked',
    valid: { 'a plugin of one’s own': { files: { ...registered, ...plugin } } },
    invalid: {
      'a patched plugin without an entry': {
        files: { ...registered, ...plugin, ...patched },
        finds: [{ at: 'tailchat-plugins.yml:3:3', plugin: NAME, says: 'does not say from where it is' }],
      },
      'a second directory of the plugin': {
        files: { ...sound, [`server/plugins/${NAME}/package.json`]: '{}' },
        finds: [{ at: `server/plugins/${NAME}`, plugin: NAME, says: 'is not among the directories' }],
      },
    },
  },
]
