import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals'
import { type Builder, createBuilder } from './builder.js'
import { type Proxy, startProxy } from './proxy.js'
import { createQuickSample, pushBase, type QuickSample } from './quick.js'
import * as registry from './registry.js'

/** What a file of tests that deploy the quick sample through a proxy works with. */
export interface QuickDeploys {
  /** The image of the sample that each deploy goes on, in the container registry itself. */
  base: string
  builder: Builder
  /** It stands before the container registry, lets everything through, and asks for the login. */
  proxy: Proxy
  /** Of this test alone, as is the image. */
  sample: QuickSample
  /** The name of an image that is not there yet, by the proxy's host. */
  image: string
}

/** Sets up the builder and the proxy for all tests of a file, and the sample for each of them. */
export function quickDeploys(login: { username: string; password: string }): Readonly<QuickDeploys> {
  const made = {} as QuickDeploys
  beforeAll(async () => {
    await registry.answers()
    made.base = pushBase()
    made.builder = createBuilder()
    made.proxy = await startProxy(login)
  })
  afterAll(async () => {
    made.builder.remove()
    await made.proxy.close()
  })
  beforeEach(() => {
    made.sample = createQuickSample(made.base)
    made.image = registry.newImage(made.proxy.host)
    made.proxy.decide = () => undefined
  })
  afterEach(() => made.sample.remove())
  return made
}
