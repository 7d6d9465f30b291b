import type { LoadProof } from '../services/compare.js'
import type { Rule } from './types.js'

/** Rules about what the built image loads. */
export const proofRules: Rule<LoadProof>[] = [
  {
    id: 'proof/service-missing',
    title: 'The image does not load a service that the source declares',
    why: 'The plugin’s calls get 404; and a service that throws while it is constructed stops the process, so every plugin is down.',
    severity: 'error',
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
    *check({ rows }) {
      for (const row of rows)
        if (!row.expected)
          yield {
            file: row.file ?? '',
            message: `the image loads ${row.name}, which is not expected: ${row.reason}`,
          }
    },
  },
]
