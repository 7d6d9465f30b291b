'use strict'
// Runs inside a container of the built image, from standard input: asks the server that listens there for paths, and
// writes what it answered as JSON: for each path an answer, or why there is none.
//
//   node - PATH... < ask.cjs
//
// It is plain CommonJS for any Node.js from 14 on, since it runs on the image's own.

const http = require('http')

/** Tailchat's own default (server/packages/sdk/src/services/lib/settings.ts), and the port its Dockerfile exposes. */
const ports = process.env.PORT ? [process.env.PORT] : ['11000', '3000']
const paths = process.argv.slice(2)

/** For one path on one port; src/proof/boot-stack.ts allows for all of them. */
const SECONDS = 10
/** Of a text that is handed on whole; a bundle may be larger, and only what it defines is. */
const MAX_BYTES = 1024 * 1024

function get(port, path) {
  return new Promise((resolve, reject) => {
    // A connection of its own: one that another path left behind may be closed by then.
    const request = http.get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('aborted', () => reject(new Error('the connection was closed before the end')))
      response.on('end', () => {
        const { statusCode, headers } = response
        resolve({
          status: statusCode,
          type: headers['content-type'] || '',
          body: Buffer.concat(chunks).toString(),
        })
      })
    })
    const timer = setTimeout(() => {
      reject(new Error(`no answer within ${SECONDS} s`))
      request.destroy()
    }, SECONDS * 1000)
    request.on('close', () => clearTimeout(timer))
    request.on('error', reject)
  })
}

async function ask(port, path) {
  const { status, type, body } = await get(port, path)
  const definition = /\bdefinePlugin\(\s*['"]([^'"]*)['"]/.exec(body)
  return {
    path,
    status,
    type,
    ...(definition && { defines: definition[1] }),
    ...(/\bjson\b/.test(type) && { text: body.slice(0, MAX_BYTES) }),
  }
}

/** The first port that answers counts: which one the server has is not known. */
async function askPorts(path) {
  const errors = []
  for (const port of ports) {
    try {
      return await ask(port, path)
    } catch (error) {
      errors.push(`port ${port}: ${error.message}`)
    }
  }
  return { path, error: errors.join('; ') }
}

async function main() {
  const answers = []
  for (const path of paths) answers.push(await askPorts(path))
  process.stdout.write(JSON.stringify(answers))
}

void main()
