import { describe, expect, test } from '@jest/globals'
import { isSameCode } from '../../src/image/predecessor.js'

const REVISION = 'org.opencontainers.image.revision'
const BASE = 'org.opencontainers.image.base.digest'
const PREVIOUS = 'tailchat-plugin-deploy.previous-digest'
const [ONE, TWO] = ['1'.repeat(40), '2'.repeat(40)]
const built = (revision: string, more: Record<string, string> = {}) => ({ [REVISION]: revision, ...more })
const deployed = (revision: string, more: Record<string, string> = {}) =>
  built(revision, { [PREVIOUS]: '', ...more })

describe('whether the image that the tags point at holds the same code as the one to be built', () => {
  const cases: [string, Record<string, string>, Record<string, string>, boolean | undefined][] = [
    ['of one commit', deployed(ONE), built(ONE), true],
    [
      'of one commit, with a predecessor recorded',
      deployed(ONE, { [PREVIOUS]: 'sha256:0' }),
      built(ONE),
      true,
    ],
    ['of one SHA-256 commit', deployed('a'.repeat(64)), built('a'.repeat(64)), true],
    [
      'of one commit, built in full first and as an overlay then',
      deployed(ONE),
      built(ONE, { [BASE]: 'b' }),
      true,
    ],
    ['of one commit on one base', deployed(ONE, { [BASE]: 'b' }), built(ONE, { [BASE]: 'b' }), true],
    ['of one commit on two bases', deployed(ONE, { [BASE]: 'a' }), built(ONE, { [BASE]: 'b' }), false],
    ['of two commits', deployed(ONE), built(TWO), false],
    [
      'of one commit, one of them with changes that are in no commit',
      deployed(`${ONE}-dirty`),
      built(ONE),
      false,
    ],
    ['of one commit, by another tool', built(ONE), built(ONE), false],
    ['without labels, replaced by one of a commit', {}, built(ONE), false],
    ['of a commit, replaced by one of none', deployed(ONE), {}, false],
    ['both with changes that are in no commit', deployed(`${ONE}-dirty`), built(`${ONE}-dirty`), undefined],
    ['both of no commit', { [PREVIOUS]: '' }, {}, undefined],
    ['with a revision that is no commit', deployed('main'), built('main'), undefined],
  ]
  test.each(cases)('%s', (_title, current, next, same) => {
    expect(isSameCode(current, next)).toBe(same)
  })
})
