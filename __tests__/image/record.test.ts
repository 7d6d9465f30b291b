import { describe, expect, test } from '@jest/globals'
import {
  AVAILABLE_LABEL,
  readServiceRecord,
  serviceLabels,
  SERVICES_LABEL,
  versionIn,
  versionInstruction,
} from '../../src/image/record.js'

describe('the services that an image records', () => {
  test('are read as they were written, names with spaces and quotes included', () => {
    const own = { services: ['plugin:b', 'plugin:a "x", y'], available: ['plugin:b'] }
    expect(readServiceRecord(serviceLabels(own))).toEqual({
      services: ['plugin:a "x", y', 'plugin:b'],
      available: ['plugin:b'],
    })
  })

  test('hold those of the base image where its plugins stay', () => {
    const labels = serviceLabels(
      { services: ['plugin:b'], available: [] },
      { services: ['plugin:a', 'plugin:b'], available: ['plugin:a'] },
    )
    expect(readServiceRecord(labels)).toEqual({ services: ['plugin:a', 'plugin:b'], available: ['plugin:a'] })
  })

  test('are left out, and not inherited from the base image, where they are too many for a label', () => {
    const services = Array.from({ length: 2000 }, (_, index) => `plugin:com.acme.a-long-name-${index}`)
    const labels = serviceLabels({ services, available: [] })
    expect(labels[SERVICES_LABEL]).toBe('')
    expect(readServiceRecord(labels)).toBeUndefined()
  })

  test.each([
    ['no label', undefined],
    ['an empty label', ''],
    ['no JSON', '[plugin:a'],
    ['no list', '{"a":1}'],
    ['a list of something else', '["plugin:a", 1]'],
    ['an endless name', JSON.stringify(['x'.repeat(301)])],
    ['an endless label', JSON.stringify(Array.from({ length: 60_000 }, () => 'x'))],
  ])('are unknown with %s', (_title, label) => {
    expect(readServiceRecord(label === undefined ? {} : { [SERVICES_LABEL]: label })).toBeUndefined()
  })

  test('have no /available of a service that is not one of them', () => {
    const labels = { [SERVICES_LABEL]: '["plugin:a"]', [AVAILABLE_LABEL]: '["plugin:a","../../user/x"]' }
    expect(readServiceRecord(labels)?.available).toEqual(['plugin:a'])
  })
})

describe('the version that a gateway gives', () => {
  test.each<[string, unknown, string | undefined]>([
    ['the image’s VERSION', { Env: ['PATH=/bin', 'VERSION=0123abc'] }, '0123abc'],
    ['nothing where VERSION is empty', { Env: ['VERSION='] }, undefined],
    ['undefined without VERSION', { Env: ['MY_VERSION=1'] }, undefined],
    ['undefined without an environment', {}, undefined],
    ['undefined without a configuration', undefined, undefined],
    ['nothing of another shape', { Env: 'VERSION=1' }, undefined],
  ])('is %s', (_title, config, version) => {
    expect(versionIn(config)).toBe(version)
  })

  test('becomes an instruction only where it can mean nothing else to a Dockerfile', () => {
    expect(versionInstruction('0123abc-dirty')).toBe('ENV VERSION=0123abc-dirty\n')
    for (const version of [undefined, '', 'a b', 'a\nRUN x', '$HOME', 'x'.repeat(129)])
      expect(versionInstruction(version)).toBe('')
  })
})
