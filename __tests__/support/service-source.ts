import { parse } from '@babel/parser'
import type { ExpectedService } from '../../src/proof/expected.js'
import { readServiceFile } from '../../src/source/service.js'

/** A service of plugin NAME with the name `plugin:NAME`, whose onInit has this body, as the source promises it. */
export function promisedService(name: string, onInit = ''): ExpectedService {
  const file = `server/plugins/${name}/services/main.service.ts`
  const text = `import { TcService } from 'tailchat-server-sdk'
export default class extends TcService {
  get serviceName() {
    return 'plugin:${name}'
  }
  onInit() {
    ${onInit}
  }
}
`
  return {
    name: `plugin:${name}`,
    plugin: name,
    file,
    line: 4,
    compiled: `plugins/${name}/services/main.service.js`,
    source: readServiceFile(parse, { path: file, text }),
  }
}
