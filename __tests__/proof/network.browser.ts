import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { bundle, evaluated, sharedChrome } from '../support/web-client.js'

const SECONDS = 1000

/** Every way out of a page that is known; each asks the listeners, by name and by address. */
const waysOut = (tcp: number, udp: number): Record<string, string> =>
  Object.fromEntries(
    ['127.0.0.1', 'localhost'].flatMap((host) => {
      const at = `${host}:${tcp}`
      const worker = `"fetch('http://${at}/'); new WebSocket('ws://${at}/'); importScripts('http://${at}/x.js')"`
      const blob = `URL.createObjectURL(new Blob([${worker}], { type: 'text/javascript' }))`
      const link = (rel: string): string =>
        `var l = document.createElement('link'); l.rel = '${rel}'; l.href = 'http://${at}/'; document.head.append(l)`
      const ways = {
        fetch: `fetch('http://${at}/', { mode: 'no-cors' }).catch(function () {})`,
        xhr: `var x = new XMLHttpRequest(); x.open('GET', 'http://${at}/'); x.send()`,
        websocket: `new WebSocket('ws://${at}/')`,
        events: `new EventSource('http://${at}/')`,
        image: `new Image().src = 'http://${at}/'`,
        beacon: `navigator.sendBeacon('http://${at}/', 'x')`,
        worker: `new Worker(${blob})`,
        shared: `new SharedWorker(${blob})`,
        frame: `document.body.append(Object.assign(document.createElement('iframe'), { src: 'http://${at}/' }))`,
        popup: `window.open('http://${at}/')`,
        preconnect: link('preconnect'),
        prefetch: link('prefetch'),
        form: `var f = document.createElement('form'); f.action = 'http://${at}/'; f.target = '_blank'; document.body.append(f); f.submit()`,
        stun: `var p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${host}:${udp}' }, { urls: 'turn:${at}?transport=tcp', username: 'a', credential: 'b' }] }); p.createDataChannel('x'); p.createOffer().then(function (o) { return p.setLocalDescription(o) })`,
      }
      return Object.entries(ways).map(([name, body]) => [`com.acme.${name}.${host}`, body])
    }),
  )

describe.each([
  ['without a network namespace, by how Chrome is started alone', false],
  ['with a network namespace where this machine lets it have one', true],
])('a page %s', (_how, ownNetwork) => {
  const chrome = sharedChrome({ ownNetwork })

  test(
    'reaches no listener of this machine in any way',
    async () => {
      let heard = 0
      const server = createServer(() => heard++)
      const datagrams = createSocket('udp4')
      datagrams.on('message', () => heard++)
      try {
        await once(server.listen(0, '127.0.0.1'), 'listening')
        datagrams.bind(0, '127.0.0.1')
        await once(datagrams, 'listening')
        const { port } = server.address() as AddressInfo
        const bodies = waysOut(port, datagrams.address().port)
        const plugins = Object.fromEntries(
          Object.entries(bodies).map(([name, body]) => [name, bundle(name, body)]),
        )
        const proof = await evaluated(chrome(), { plugins })
        expect(proof.plugins.map(({ name }) => name)).toEqual(Object.keys(bodies).sort())
        expect(proof.plugins.filter(({ fault }) => fault)).toEqual([])
        // Each is heard of; what a worker or a peer connection asks for is not known to be a plugin's.
        const hosts = new Map(proof.plugins.map(({ name, hosts: own }) => [name, own]))
        for (const way of ['fetch', 'xhr', 'websocket', 'image', 'beacon', 'frame'])
          expect({ way, hosts: hosts.get(`com.acme.${way}.localhost`) }).toEqual({
            way,
            hosts: [`localhost:${port}`],
          })
        expect(heard).toBe(0)
      } finally {
        server.close()
        datagrams.close()
      }
    },
    180 * SECONDS,
  )
})
