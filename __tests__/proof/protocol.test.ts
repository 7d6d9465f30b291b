import { PassThrough } from 'node:stream'
import { expect, test } from '@jest/globals'
import { connect, ConnectionEnded } from '../../src/proof/browser/protocol.js'

/** A connection, with what was written to it and a way to answer in pieces. */
function connected(): { connection: ReturnType<typeof connect>; output: PassThrough } {
  const output = new PassThrough()
  return { connection: connect(new PassThrough(), output), output }
}

test('a message from Chrome is read whole, however it is cut into pieces', async () => {
  const { connection, output } = connected()
  const events: string[] = []
  connection.listen(({ method }) => void events.push(method))
  const answered = connection.send('Browser.getVersion')
  const text = '{"method":"a"}\0{"id":1,"result":{"product":"Chrome/1"}}\0{"method":"b"}\0'
  for (const character of text) output.write(character)
  expect(await answered).toEqual({ product: 'Chrome/1' })
  await new Promise((resolve) => output.end(resolve))
  expect(events).toEqual(['a', 'b'])
})

test('a message from Chrome that is longer than any it needs is dropped, and the next one is read', async () => {
  const { connection, output } = connected()
  const answered = connection.send('Browser.getVersion')
  const megabyte = Buffer.alloc(1024 * 1024, 'x')
  output.write('{"method":"')
  for (let written = 0; written < 70; written++) output.write(megabyte)
  output.write('"}\0{"id":1,"result":{"product":"Chrome/1"}}\0')
  expect(await answered).toEqual({ product: 'Chrome/1' })
})

test('a command to a Chrome that has ended is an error, sent before or after', async () => {
  const { connection, output } = connected()
  const before = connection.send('Browser.getVersion')
  output.destroy()
  await expect(before).rejects.toThrow(ConnectionEnded)
  await expect(connection.send('Browser.getVersion')).rejects.toThrow(ConnectionEnded)
})
