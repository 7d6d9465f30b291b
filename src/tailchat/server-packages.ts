/** What a plugin's service can import from Tailchat 1.11: what server/package.json and the root package.json declare. */
export const serverPackages: readonly string[] = (
  '@babel/helper-compilation-targets @socket.io/admin-ui @socket.io/redis-adapter @typegoose/typegoose accepts bcryptjs bluebird ' +
  'concurrently crc crypto-random-string dayjs dotenv ejs es6-error esbuild execa fs-extra glob got i18next i18next-scanner ' +
  'inquirer ioredis jsonwebtoken lodash mime mini-star mkdirp moleculer moleculer-cli moment mongodb mongoose ' +
  'mongoose-findorcreate nanoid neo-blessed nodemailer oidc-provider ora p-map promise-retry qs redlock send serve-static ' +
  'socket.io socket.io-client socket.io-msgpack-parser swagger-jsdoc tailchat-server-sdk ts-node typescript url-regex vinyl-fs'
).split(' ')
