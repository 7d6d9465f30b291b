import type { ProbeResult } from '../../src/services/probe-result.js'
import type { RuleCases } from '../support/rule-cases.js'

/** What a probe reports of an image; the source promises the one service `plugin:com.acme.audit`. */
export interface ProofCase {
  services: ProbeResult['services']
}

export const SOURCE = 'server/plugins/com.acme.audit/services/main.service.ts'
export const COMPILED = 'plugins/com.acme.audit/services/main.service.js'

const LOADED = { file: COMPILED, name: 'plugin:com.acme.audit', milliseconds: 1 }

export const proofCases: RuleCases<ProofCase>[] = [
  {
    rule: 'proof/service-missing',
    valid: { 'a service that is loaded': { services: [LOADED] } },
    invalid: {
      'a service that is not in the image': {
        services: [],
        finds: [
          {
            at: `${SOURCE}:4`,
            plugin: 'com.acme.audit',
            says: `does not load plugin:com.acme.audit: not in the image: server/dist/${COMPILED}`,
          },
        ],
      },
      'a service that throws': {
        services: [{ file: COMPILED, error: { message: 'no token' }, milliseconds: 1 }],
        finds: [
          {
            at: `${SOURCE}:4`,
            plugin: 'com.acme.audit',
            says: 'threw while it was constructed: no token',
          },
        ],
      },
    },
  },
  {
    rule: 'proof/service-unexpected',
    valid: { 'a service that the source promises': { services: [LOADED] } },
    invalid: {
      'a service of an older build': {
        services: [LOADED, { file: 'plugins/old/a.service.js', name: 'plugin:old', milliseconds: 1 }],
        finds: [
          { at: 'server/dist/plugins/old/a.service.js', says: 'loads plugin:old, which is not expected' },
        ],
      },
    },
  },
  {
    rule: 'proof/service-crashes',
    valid: {
      'an older service that is constructed': {
        services: [LOADED, { file: 'plugins/old/a.service.js', name: 'plugin:old', milliseconds: 1 }],
      },
      'an expected one that throws, which is another finding': {
        services: [{ file: COMPILED, error: { message: 'no token' }, milliseconds: 1 }],
      },
    },
    invalid: {
      'a service of an older build that throws': {
        services: [
          LOADED,
          { file: 'plugins/old/a.service.js', error: { message: 'no token' }, milliseconds: 1 },
        ],
        finds: [
          {
            at: 'server/dist/plugins/old/a.service.js',
            says: 'dies at this one: threw while it was constructed: no token',
          },
        ],
      },
    },
  },
]
