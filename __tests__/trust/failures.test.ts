import { describe, expect, test } from '@jest/globals'
import { desiredState } from '../../src/declarations/desired.js'
import { noDeclarations } from '../../src/declarations/types.js'
import { catalogue } from '../../src/rules/catalogue.js'
import type { RepositoryRule } from '../../src/rules/types.js'
import { checkRepository } from '../../src/stages/check.js'
import { orNotRead, readWorkspace } from '../../src/workspace/read.js'
import type { Workspace } from '../../src/workspace/types.js'
import { frontendPlugin, json, manifest, registrations, withRepository } from '../support/repository.js'

const [GOOD, BAD] = ['com.example.good', 'com.example.bad']
const wrongUrl = (name: string) => ({ 'manifest.json': json({ ...manifest(name), url: '/elsewhere.js' }) })
const files = {
  ...registrations({ registry: [GOOD, BAD] }),
  ...frontendPlugin(GOOD, wrongUrl(GOOD)),
  ...frontendPlugin(BAD, wrongUrl(BAD)),
}
const always = { seconds: 60, isSpent: () => false }

function checked(workspace: Workspace, rules: readonly RepositoryRule[]) {
  const subject = { workspace, desired: desiredState(workspace, noDeclarations, 'report') }
  return checkRepository({ rules, subject, severities: new Map(), budget: always })
}

/** The plugins of whom the url of the manifest is found to be wrong, and all findings about what was not checked. */
function foundIn({ found }: ReturnType<typeof checked>) {
  return {
    wrong: found.flatMap(({ rule, plugin }) => (rule === 'manifest/url-not-canonical' ? plugin : [])),
    notChecked: found.filter(({ rule }) => rule === 'plugin/unreadable'),
  }
}

describe('a rule that throws', () => {
  const [someRule] = catalogue.repository
  const throwing = (check: RepositoryRule['check']): RepositoryRule => ({
    ...(someRule as RepositoryRule),
    id: 'manifest/name-mismatch',
    check,
  })

  test.each<[string, RepositoryRule['check']]>([
    [
      'at once',
      () => {
        throw new TypeError('no such thing')
      },
    ],
    [
      'after its first finding',
      function* () {
        yield { file: 'x', message: 'first' }
        throw new TypeError('no such thing')
      },
    ],
  ])('%s costs its own findings, says so, and leaves those of the others', async (_when, check) => {
    await withRepository(files, async (root) => {
      const others = catalogue.repository.filter(({ id }) => id !== 'manifest/name-mismatch')
      const result = checked(await readWorkspace(root), [throwing(check), ...others])
      const { wrong, notChecked } = foundIn(result)
      expect(wrong).toEqual([BAD, GOOD])
      expect(notChecked).toEqual([
        expect.objectContaining({
          severity: 'error',
          message: 'the rule manifest/name-mismatch could not be checked (no such thing): please report this',
        }),
      ])
      expect(result.notLookedAt).toEqual(['the rule manifest/name-mismatch'])
    })
  })
})

test('a plugin whose reading throws is one finding, and costs the others none of theirs', async () => {
  await withRepository(files, async (root) => {
    const workspace = await readWorkspace(root)
    const parent = 'client/web/plugins'
    const bad = await orNotRead({ ...workspace, root }, { parent, name: BAD }, () =>
      Promise.reject(new RangeError('Maximum call stack size exceeded')),
    )
    const plugins = workspace.plugins.map((plugin) => (plugin.name === BAD ? bad : plugin))
    const result = checked({ ...workspace, plugins }, catalogue.repository)
    const { wrong, notChecked } = foundIn(result)
    expect(wrong).toEqual([GOOD])
    expect(notChecked).toEqual([
      expect.objectContaining({
        plugin: BAD,
        file: `${parent}/${BAD}`,
        severity: 'error',
        message: expect.stringContaining('Maximum call stack size exceeded'),
      }),
    ])
    // Nothing else is said of a plugin of which nothing is known.
    expect(result.found.filter(({ plugin }) => plugin === BAD)).toHaveLength(1)
    expect(result.notLookedAt).toEqual([`${parent}/${BAD}`])
  })
})
