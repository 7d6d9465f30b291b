import { expect, test } from '@jest/globals'
import { allRules, repositoryRules } from '../../src/rules/catalogue.js'
import { lockfileFaults } from '../faults/lockfile.faults.js'
import { registrationFaults } from '../faults/registration.faults.js'
import { serviceFaults } from '../faults/service.faults.js'
import { webFaults } from '../faults/web.faults.js'

/**
 * The ways in which a Tailchat plugin fails, as they were found in its source, its history and its issues, numbered as
 * there. `found` says how each can be noticed: before a build (S), in the built image (P), or only when it runs (R).
 * A mode that can be noticed before it runs has rules; what no rule covers says why.
 */
interface FailureMode {
  number: number
  mistake: string
  found: string
  rules?: string[]
  because?: string
}

const failureModes: FailureMode[] = [
  { number: 1, mistake: 'manifest without url', found: 'S', rules: ['manifest/field-missing'] },
  {
    number: 2,
    mistake: 'url of another plugin',
    found: 'S',
    rules: ['manifest/url-not-canonical', 'registration/url-not-canonical'],
  },
  {
    number: 3,
    mistake: 'frontend url with {BACKEND}',
    found: 'S',
    rules: ['manifest/url-not-canonical', 'registration/url-not-canonical'],
  },
  {
    number: 4,
    mistake: 'full-stack url without {BACKEND}',
    found: 'S',
    rules: ['manifest/url-without-backend', 'registration/url-without-backend'],
  },
  { number: 5, mistake: 'manifest name is not the directory', found: 'S', rules: ['manifest/name-mismatch'] },
  {
    number: 6,
    mistake: 'package name is not @plugins/NAME',
    found: 'SP',
    rules: ['package/name-mismatch', 'image/bundle-missing', 'image/bundle-of-another-name'],
  },
  {
    number: 7,
    mistake: 'main missing or wrong',
    found: 'SP',
    rules: ['package/main-missing', 'image/bundle-missing', 'build/printed-error'],
  },
  {
    number: 8,
    mistake: 'main not index.*',
    found: 'SP',
    rules: ['package/main-not-index', 'image/bundle-missing'],
  },
  {
    number: 9,
    mistake: 'source that does not bundle',
    found: 'P',
    rules: ['image/bundle-missing', 'build/printed-error'],
  },
  { number: 10, mistake: 'undeclared import', found: 'P', rules: ['image/bundle-dependency'] },
  {
    number: 11,
    mistake: 'import of a name that the client does not export',
    found: 'S',
    rules: ['web/unknown-import'],
  },
  {
    number: 12,
    mistake: 'import of a shared module that does not exist',
    found: 'P',
    rules: ['image/bundle-dependency'],
  },
  {
    number: 13,
    mistake: 'icon or document not copied',
    found: 'SP',
    rules: ['manifest/icon-missing', 'manifest/document-missing', 'plugin/kept-out'],
  },
  { number: 14, mistake: 'frontend plugin offered nowhere', found: 'S', rules: ['plugin/not-offered'] },
  { number: 15, mistake: 'entry without plugin', found: 'S', rules: ['registration/entry-without-plugin'] },
  { number: 16, mistake: 'registry.json is not JSON', found: 'S', rules: ['registration/unreadable'] },
  { number: 17, mistake: 'the same name twice', found: 'S', rules: ['registration/duplicate-entry'] },
  {
    number: 18,
    mistake: 'entry drifts from its manifest',
    found: 'S',
    rules: ['registration/manifest-differs'],
  },
  {
    number: 19,
    mistake: 'unknown name in plugin:install',
    found: 'S',
    rules: ['install-list/unknown-plugin'],
  },
  {
    number: 20,
    mistake: 'backend plugin or all in plugin:install',
    found: 'S',
    rules: ['install-list/backend-plugin'],
  },
  { number: 21, mistake: 'full-stack plugin not in the list', found: 'S', rules: ['plugin/not-offered'] },
  { number: 22, mistake: 'empty list', found: 'S', rules: ['install-list/empty'] },
  { number: 23, mistake: 'no build:web', found: 'S', rules: ['package/build-web-missing'] },
  {
    number: 24,
    mistake: 'no .ministarrc.js',
    found: 'SP',
    rules: ['package/ministar-config-missing', 'image/bundle-missing'],
  },
  {
    number: 25,
    mistake: '.ministarrc.js without outDir',
    found: 'SP',
    rules: ['package/ministar-config-incomplete', 'image/bundle-missing'],
  },
  { number: 26, mistake: 'web directory of another name', found: 'S', rules: ['plugin/web-name-mismatch'] },
  { number: 27, mistake: 'manifest null', found: 'S', rules: ['manifest/invalid'] },
  {
    number: 28,
    mistake: 'frontend-only plugin under server/plugins without package.json',
    found: 'S',
    rules: ['package/invalid'],
  },
  {
    number: 29,
    mistake: 'stale server/public',
    found: 'SP',
    rules: ['registration/left-by-a-build', 'image/registry-differs'],
  },
  {
    number: 30,
    mistake: 'importer missing in the lockfile',
    found: 'S',
    rules: ['lockfile/importer-missing'],
  },
  {
    number: 31,
    mistake: 'specifier or override differs',
    found: 'S',
    rules: ['lockfile/out-of-date', 'lockfile/overrides-mismatch'],
  },
  {
    number: 32,
    mistake: 'nested package.json with dependencies',
    found: 'S',
    rules: ['lockfile/importer-missing'],
  },
  { number: 33, mistake: 'SDK from the package registry', found: 'S', rules: ['lockfile/sdk-from-registry'] },
  {
    number: 34,
    mistake: 'dependency not declared',
    found: 'SR',
    rules: ['dependency/undeclared', 'proof/service-missing'],
  },
  { number: 35, mistake: 'type error', found: 'P', rules: ['build/type-error'] },
  { number: 36, mistake: 'compilation throws', found: 'P', rules: ['build/printed-error'] },
  {
    number: 37,
    mistake: 'service in .js, or assets beside it',
    found: 'SP',
    rules: ['service/file-name', 'service/file-not-emitted', 'proof/service-missing'],
  },
  { number: 38, mistake: 'code under web or a dot-directory', found: 'S', rules: ['service/not-compiled'] },
  { number: 39, mistake: 'import from outside server/', found: 'P', rules: ['image/server-config-missing'] },
  { number: 40, mistake: 'development service only', found: 'S', rules: ['service/development-only'] },
  { number: 41, mistake: 'service file of another name', found: 'S', rules: ['service/file-name'] },
  {
    number: 42,
    mistake: 'no default export or name',
    found: 'SR',
    rules: ['service/no-default-export', 'service/name-missing', 'proof/service-missing'],
  },
  {
    number: 43,
    mistake: 'throw in onInit',
    found: 'SR',
    rules: [
      'service/init-throws',
      'service/logger-in-init',
      'service/unknown-registration',
      'proof/service-missing',
    ],
  },
  { number: 44, mistake: 'throw in onStart', found: 'R', because: 'nothing is started by the proof' },
  { number: 45, mistake: 'duplicate service name', found: 'S', rules: ['service/duplicate-name'] },
  { number: 46, mistake: 'service not named after its plugin', found: 'S', rules: ['service/name-mismatch'] },
  { number: 47, mistake: 'overriding started()', found: 'S', rules: ['service/unused-lifecycle'] },
  {
    number: 48,
    mistake: 'actions behind an environment guard',
    found: 'S',
    rules: ['service/needs-environment'],
  },
  {
    number: 49,
    mistake: 'second database or shared collection',
    found: 'S',
    rules: ['service/second-database', 'service/shared-collection'],
  },
  { number: 50, mistake: 'MongoDB unreachable', found: 'R', because: 'nothing is connected by the proof' },
  {
    number: 51,
    mistake: 'SERVICEDIR absent, mistyped, or with a space',
    found: 'SR',
    rules: ['compose/plugins-not-loaded', 'compose/service-dir-space', 'compose/service-dir-missing'],
  },
  {
    number: 52,
    mistake: 'SERVICES pattern not relative to SERVICEDIR',
    found: 'S',
    rules: ['compose/services-without-match'],
  },
  { number: 53, mistake: 'TRANSPORTER differs', found: 'SR', rules: ['compose/transporter-differs'] },
  { number: 54, mistake: 'gateway restarted alone', found: 'R', because: 'it happens to a running stack' },
  {
    number: 55,
    mistake: 'config service restarted alone',
    found: 'R',
    because: 'it happens to a running stack',
  },
  { number: 56, mistake: 'rest: on an action', found: 'S', rules: ['service/rest-route'] },
  {
    number: 57,
    mistake: 'open route without a slash',
    found: 'S',
    rules: ['service/open-route-without-slash'],
  },
  {
    number: 58,
    mistake: 'trusting HTTP 200',
    found: 'P',
    rules: ['image/bundle-missing', 'image/bundle-of-another-name'],
  },
  {
    number: 59,
    mistake: 'files that git or Docker ignores',
    found: 'S',
    rules: ['plugin/ignored-by-git', 'plugin/kept-out'],
  },
  {
    number: 60,
    mistake: 'core service not in SERVICES',
    found: 'S',
    rules: ['compose/core-service-not-loaded'],
  },
  {
    number: 61,
    mistake: "secret in the source, or visibility: 'public' taken away",
    found: 'S',
    rules: ['plugin/secret-in-source', 'privilege/action-opened'],
  },
]

const ids: string[] = allRules().map(({ id }) => id)

test('the modes are numbered from 1 to 61', () => {
  expect(failureModes.map(({ number }) => number)).toEqual(
    Array.from({ length: 61 }, (_, index) => index + 1),
  )
})

test.each(failureModes)(
  '$number, $mistake: covered, or it says why not',
  ({ found, rules = [], because }) => {
    if (/[SP]/.test(found)) expect(rules).not.toEqual([])
    else expect(because).toMatch(/\S/)
    expect(rules.filter((rule) => !ids.includes(rule))).toEqual([])
  },
)

const faults = [...webFaults, ...registrationFaults, ...serviceFaults, ...lockfileFaults]

test.each(failureModes.filter(({ found }) => found.includes('S')))(
  '$number, $mistake: tried on the sample with each of its rules (faults.test.ts)',
  ({ number, rules = [] }) => {
    const tried = faults.filter(({ mode }) => mode === number).map(({ rule }) => rule)
    const checkedBeforeABuild = rules.filter((rule) => repositoryRules.some(({ id }) => id === rule))
    expect(checkedBeforeABuild).not.toEqual([])
    expect(checkedBeforeABuild.filter((rule) => !tried.includes(rule))).toEqual([])
    expect(tried.filter((rule) => !rules.includes(rule))).toEqual([])
  },
)
