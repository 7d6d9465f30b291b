import { expect, test } from '@jest/globals'
import { nearestPlugin } from '../../src/lib/nearest.js'

const NAMES = ['com.acme.theme', 'com.acme.tickets', 'cn.other.video']

test.each([
  ['com.acme.themes', 'com.acme.theme'],
  ['com.acme.tikets', 'com.acme.tickets'],
  ['com.acmee.theme', 'com.acme.theme'],
  ['cn.other.vide', 'cn.other.video'],
])('%s most likely means %s', (name, meant) => {
  expect(nearestPlugin(name, NAMES)).toBe(meant)
})

test.each(['com.acme.gone', 'org.unknown.thing', 'video', 'com.acme.'])('%s means none of them', (name) => {
  expect(nearestPlugin(name, NAMES)).toBeUndefined()
})
