import { describe, expect, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { apiOf, branchOf, repositoryOf } from '../../src/publish/destination.js'

const SHA = 'a'.repeat(40)
const ACTION = { GITHUB_REPOSITORY: 'acme/tailchat', GITHUB_API_URL: 'https://api.github.com' }

describe('the repository that is published to', () => {
  test.each<[string, Record<string, string>, string | undefined, string]>([
    ['the workflow’s', ACTION, undefined, 'https://github.com/acme/tailchat'],
    ['the one that is checked out', ACTION, 'https://github.com/acme/other', 'https://github.com/acme/other'],
    ['not a mirror’s', ACTION, 'https://gitlab.example.com/x/y', 'https://github.com/acme/tailchat'],
    ['that of a terminal', {}, 'https://github.com/acme/tailchat', 'https://github.com/acme/tailchat'],
  ])('is %s', (_what, env, origin, url) => {
    expect(repositoryOf(readEvent(env), origin)).toBe(url)
  })

  test('must be known', () => {
    expect(() => repositoryOf(readEvent({}), undefined)).toThrow(/set GITHUB_REPOSITORY to owner\/name/)
  })
})

describe('the address of the API', () => {
  test.each<[string, Record<string, string>, string, { rest: string; graphql: string }]>([
    [
      'in a terminal',
      {},
      'https://github.com/acme/tailchat',
      { rest: 'https://api.github.com', graphql: 'https://api.github.com/graphql' },
    ],
    [
      'as a runner says',
      { GITHUB_API_URL: 'https://example.com/api/v3', GITHUB_GRAPHQL_URL: 'https://example.com/api/graphql' },
      'https://example.com/acme/tailchat',
      { rest: 'https://example.com/api/v3', graphql: 'https://example.com/api/graphql' },
    ],
    [
      'of a GitHub Enterprise Server in a terminal',
      { GITHUB_API_URL: 'https://example.com/api/v3' },
      'https://example.com/acme/tailchat',
      { rest: 'https://example.com/api/v3', graphql: 'https://example.com/api/graphql' },
    ],
  ])('is known %s', (_what, env, url, api) => {
    expect(apiOf(readEvent(env), url)).toEqual(api)
  })

  test('is never guessed, since a token must not reach another host', () => {
    expect(() => apiOf(readEvent({}), 'https://gitlab.example.com/acme/tailchat')).toThrow(
      'https://gitlab.example.com/acme/tailchat is not on github.com: set GITHUB_API_URL',
    )
  })
})

describe('the branch', () => {
  const branch = (env: Record<string, string>, checkedOut?: string) =>
    branchOf(readEvent({ GITHUB_SHA: SHA, ...env }), { sha: SHA, branch: checkedOut }, 'push')

  test('is the one that is checked out, whichever event started the run', () => {
    expect(branch({ GITHUB_REF: 'refs/tags/v1' }, 'develop')).toBe('develop')
    expect(branch({ GITHUB_REF: 'refs/heads/main' })).toBe('main')
    expect(branch({ GITHUB_REF: 'refs/heads/feature/a' })).toBe('feature/a')
  })

  test.each([
    [
      'refs/tags/v1.0.0',
      'commit: push needs a branch, and the tag v1.0.0 is checked out: check out a branch',
    ],
    ['', `commit: push needs a branch, and the commit ${SHA.slice(0, 12)} is checked out`],
  ])('is missing for %j', (ref, says) => {
    expect(() => branch({ GITHUB_REF: ref })).toThrow(says)
  })
})
