import type { LoadProof } from '../services/compare.js'
import type { Rule } from './types.js'

/** Rules about what the built image loads. */
export const proofRules: Rule<LoadProof>[] = [
  {
    id: 'proof/service-missing',
    title: 'The image does not load a service that the source declares',
    why: 'The plugin’s calls get 404; and a service that throws while it is constructed stops the process, so every plugin is down.',
    severity: 'error',
    mend: 'The message says how loading failed: mend that, or declare `services: dev` if production does without.',
    bad: `class Tickets extends TcService {
  onInit() {
    this.logger.info('up') // there is no logger yet: this throws
  }
}`,
    good: `class Tickets extends TcService {
  onStart() {
    this.logger.info('up')
  }
}`,
    *check({ expected, rows }) {
      for (const row of rows) {
        if (!row.expected || row.loaded !== false) continue
        const source = expected.find(({ file }) => file === row.file)
        yield {
          ...(row.plugin && { plugin: row.plugin }),
          file: row.file ?? '',
          ...(source?.line && { line: source.line }),
          message: `the image does not load ${row.name}: ${row.reason}`,
        }
      }
    },
  },
  {
    id: 'proof/service-unexpected',
    title: 'The image holds a service that no source file declares',
    why: 'It comes from an older build or from outside the repository, and it runs in production all the same.',
    severity: 'warning',
    mend: 'Build from a clean checkout; a service of a base image needs its source in the repository.',
    bad: 'server/dist/plugins/com.acme.gone/services/gone.service.js',
    good: 'server/plugins/com.acme.tickets/services/tickets.service.ts',
    *check({ rows }) {
      for (const row of rows)
        if (!row.expected && row.loaded && !row.plugin)
          yield {
            file: row.file ?? '',
            message: `the image loads ${row.name}, which is not expected: ${row.reason}`,
          }
    },
  },
  {
    id: 'proof/service-crashes',
    title: 'The image holds a service that nobody expects and that cannot be constructed',
    why: 'The server loads it all the same, and the process that loads plugins dies with it: every plugin is down.',
    severity: 'error',
    mend: 'Remove the file, or name it `*.service.dev.ts` if it is for development.',
    bad: 'lab.service.ts, declared `services: dev`, that throws without a token',
    good: 'lab.service.dev.ts',
    *check({ rows }) {
      for (const row of rows)
        if (!row.expected && row.loaded === false)
          yield {
            ...(row.plugin && { plugin: row.plugin }),
            file: row.file ?? '',
            message: `${row.name} is not expected, but the server loads every *.service.js and dies at this one: ${row.reason}`,
          }
    },
  },
]
