import { describe, expect, test } from '@jest/globals'
import {
  chunkFolder,
  hostedManifest,
  isFolderName,
  loadsItsChunks,
  pasteProblems,
} from '../../src/tailchat/hosted.js'

const NAME = 'com.acme.theme'
const HOST = 'https://plugins.acme.example'

describe('the further files of a plugin on another host', () => {
  test.each([
    [`${HOST}/${NAME}/index.js`, true],
    [`${HOST}/1.2.0/${NAME}/index.js`, true],
    [`${HOST}/${NAME}/index.js?v=1.2.0`, true],
    [`${HOST}/${NAME}/index.js#/${NAME}/x`, true],
    ['/plugins/com.acme.theme/index.js', true],
    [`${HOST}/${NAME}@1.2.0/index.js`, false],
    [`${HOST}/${NAME}/1.2.0/index.js`, false],
    [`${HOST}/${NAME}/plugins/${NAME}/index.js`, false],
    [`https://${NAME}.acme.example/${NAME}/index.js`, false],
    [`${HOST}/${NAME}-host/${NAME}/index.js`, false],
    // A dot of the name matches anything, as in the client.
    [`${HOST}/com-acme-theme/${NAME}/index.js`, false],
    [`${HOST}/theme/index.js`, false],
    [`${HOST}/index.js`, false],
    ['', false],
  ])('of %s are found: %p', (url, found) => {
    expect(loadsItsChunks(url, NAME)).toBe(found)
  })

  test('are looked for before the first name in the url', () => {
    expect(chunkFolder(`${HOST}/${NAME}@1.2.0/index.js`, NAME)).toBe(`${HOST}/${NAME}`)
    expect(chunkFolder(`${HOST}/other/index.js`, NAME)).toBeUndefined()
  })

  test('are found in a time that grows with the url alone', () => {
    expect(chunkFolder('/'.repeat(200_000), '.'.repeat(20))).toBe(`/${'.'.repeat(20)}`)
    expect(chunkFolder(`${'/a'.repeat(100_000)}`, 'a.a.a.b')).toBeUndefined()
  })
})

describe('the manifest of a plugin on another host', () => {
  const folder = `${HOST}/1.2.0/${NAME}`
  const manifest = {
    label: 'Theme',
    'label.zh-CN': '主题',
    name: NAME,
    url: `/plugins/${NAME}/index.js`,
    version: '1.2.0',
    author: 'acme',
    description: 'Colours',
    requireRestart: true,
  }

  test('has the address of its first file, and keeps everything else', () => {
    expect(hostedManifest(manifest, NAME, folder)).toEqual({ ...manifest, url: `${folder}/index.js` })
  })

  test.each([
    [`/plugins/${NAME}/assets/icon.png`, `${folder}/assets/icon.png`],
    [`{BACKEND}/plugins/${NAME}/assets/icon.png`, `${folder}/assets/icon.png`],
    ['https://acme.example/icon.png', 'https://acme.example/icon.png'],
    ['/plugins/com.acme.other/icon.png', '/plugins/com.acme.other/icon.png'],
    [5, 5],
  ])('has %p as icon and document become %p', (given, expected) => {
    expect(hostedManifest({ ...manifest, icon: given, documentUrl: given }, NAME, folder)).toMatchObject({
      icon: expected,
      documentUrl: expected,
    })
  })

  test.each<[string, Record<string, unknown>, string[]]>([
    ['all that the client asks for', {}, []],
    ['an icon', { icon: 'x' }, []],
    ['no author', { author: undefined }, ['"author" is missing']],
    ['a number as version', { version: 1 }, ['"version" is not a text']],
    ['null as label', { label: null }, ['"label" is not a text']],
    ['an icon that is not text', { icon: {} }, ['"icon" is not a text']],
    ['a text as requireRestart', { requireRestart: 'yes' }, ['"requireRestart" is not true or false']],
  ])('with %s is pasted: %p', (_title, changes, problems) => {
    expect(pasteProblems({ ...manifest, ...changes })).toEqual(problems)
  })

  test('without fields of its own has none of those that every object inherits', () => {
    expect(pasteProblems({})).toHaveLength(6)
  })
})

test.each([
  ['1.2.0', true],
  ['1.2.0-beta+1', true],
  ['..', false],
  ['.', false],
  ['', false],
  ['1/2', false],
  ['1 2', false],
  ['x'.repeat(65), false],
])('%j can be a folder in a url: %p', (version, can) => {
  expect(isFolderName(version)).toBe(can)
})
