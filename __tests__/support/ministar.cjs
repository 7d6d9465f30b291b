'use strict'
// Runs on the Node.js of an image, from standard input: loads a plugin with the image's own mini-star, which a page would
// have, and prints what it has asked for.
//
//   node - NAME URL < ministar.cjs

const vm = require('vm')
const [name, url] = process.argv.slice(2)
const asked = []

global.window = global
// What mini-star needs of a page: a script that is appended is fetched and run.
global.document = {
  createElement: () => ({}),
  body: {
    removeChild: () => undefined,
    appendChild(script) {
      asked.push(script.src)
      fetch(script.src)
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
        .then((text) => vm.runInThisContext(text))
        .then(script.onload, script.onerror)
    },
  },
}
const {
  initMiniStar,
  regDependency,
  regSharedModule,
} = require('/app/tailchat/client/web/node_modules/mini-star')
const anything = () =>
  Promise.resolve(new Proxy({}, { get: (_, key) => (key === 'then' ? undefined : () => undefined) }))
for (const shared of ['@capital/common', '@capital/component']) regSharedModule(shared, anything)
regDependency('react', anything)

initMiniStar({ plugins: [{ name, url }] }).then(() => {
  const answer = (evaluated) => console.log(`\n${JSON.stringify({ evaluated, asked })}`)
  const chunk = process.argv[4]
  if (chunk === undefined) return answer(true)
  global.requirePlugin(
    [`@plugins/${name}/${chunk}`],
    () => answer(true),
    () => answer(false),
  )
})
