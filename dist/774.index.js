export const id = 774;
export const ids = [774,393];
export const modules = {

/***/ 4539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   copyFiles: () => (/* binding */ copyFiles),
/* harmony export */   copyFromImage: () => (/* binding */ copyFromImage),
/* harmony export */   putFile: () => (/* binding */ putFile),
/* harmony export */   removeLeft: () => (/* binding */ removeLeft),
/* harmony export */   withContainer: () => (/* binding */ withContainer)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3024);
/* harmony import */ var _lib_environment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7102);
/* harmony import */ var _lib_interrupt_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1404);
/* harmony import */ var _docker_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4014);






const ENGINE_SECONDS = 10 * 60;
const CLEANUP_SECONDS = 60;
/**
 * Creates a container, calls `work` with its name, and removes it afterwards. The engine may be on another machine and
 * see none of this one's files, so nothing is mounted: files are copied in and out.
 * @param purpose one word, part of the container's name
 * @param create arguments for `docker create`: flags, the image, and the command
 * @throws {CommandError} when the image can't be pulled or the container can't be created
 */
async function withContainer(docker, { purpose, create }, work) {
    const options = { timeoutSeconds: ENGINE_SECONDS };
    const container = `tailchat-plugins-${purpose}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.randomUUID)()}`;
    docker.onContainer(container);
    const forget = (0,_lib_interrupt_js__WEBPACK_IMPORTED_MODULE_3__/* .onInterrupt */ .n)(() => {
        removeLeft(container, docker.env);
        return `the container of the ${purpose} was removed`;
    });
    try {
        await (0,_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['create', `--name=${container}`, ...create], options);
        return await work(container);
    }
    finally {
        forget();
        await (0,_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, removalOf(container), options).catch(() => undefined);
    }
}
function removalOf(container) {
    return ['rm', '--force', '--volumes', container];
}
/** Removes a container that this process, which is told to end, or another one leaves behind. */
function removeLeft(container, env = {}) {
    (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawnSync)('docker', removalOf(container), {
        env: (0,_lib_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .childEnvironment */ .Q)(env),
        stdio: 'ignore',
        timeout: CLEANUP_SECONDS * 1000,
    });
}
/**
 * Copies files between this machine and a container, of which one is `container:path`; the container need not run.
 * Symbolic links are copied as links: readers of the copy must not follow them.
 * @throws {CommandError} when there are no such files
 */
async function copyFiles(docker, from, to) {
    await (0,_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['cp', from, to], { timeoutSeconds: ENGINE_SECONDS });
}
/**
 * Puts a file of this machine into a container, with its permission bits, and creates the directories above it that are
 * missing, which `docker cp` alone does not.
 * @param target absolute path in the container
 * @throws {CommandError} when it can't be copied
 */
async function putFile(docker, { source, container, target }) {
    const { packTar } = await __webpack_require__.e(/* import() */ 942).then(__webpack_require__.bind(__webpack_require__, 1942));
    const body = (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.readFileSync)(source);
    const mode = (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.statSync)(source).mode & 0o7777;
    const name = target.replace(/^\/+/, '');
    const archive = await packTar([{ header: { name, mode, size: body.length, type: 'file' }, body }]);
    const options = { input: Buffer.from(archive), timeoutSeconds: ENGINE_SECONDS };
    await (0,_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['cp', '-', `${container}:/`], options);
}
/**
 * Copies a directory out of an image without starting it, as {@link copyFiles} does.
 * @param target the directory to create and fill
 * @throws {CommandError} when the image can't be pulled, or has no such directory
 */
async function copyFromImage(docker, { reference, path, target }) {
    // docker asks for a command; it is never run.
    const create = ['--network=none', reference, 'true'];
    await withContainer(docker, { purpose: 'copy', create }, (container) => copyFiles(docker, `${container}:${path}`, target));
}


/***/ }),

/***/ 4393:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  loadServicesInImage: () => (/* binding */ loadServicesInImage),
  readContentsOfImage: () => (/* binding */ readContentsOfImage)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./.build/src/docker/copy.js
var copy = __webpack_require__(4539);
// EXTERNAL MODULE: ./.build/src/lib/command.js + 1 modules
var command = __webpack_require__(5908);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(8816);
;// CONCATENATED MODULE: ./.build/src/proof/probe-result.js


const failure = schemas/* object */.Ikc({ message: schemas/* string */.YjP(), at: schemas/* string */.YjP().optional() });
const names = schemas/* array */.YOg(schemas/* string */.YjP()).nullable();
const action = schemas/* object */.Ikc({
    name: schemas/* string */.YjP(),
    /** `published` also where the schema does not say. */
    visibility: schemas/* string */.YjP(),
    /** Only `true`: sockets can't call it. */
    disableSocket: schemas/* literal */.euz(true).optional(),
    /** The route that it asks for, as it is written; anything but a text as JSON. */
    rest: schemas/* string */.YjP().optional(),
});
const contents = schemas/* object */.Ikc({
    /** Whether server/dist/moleculer.config.js is there: without it the server can't start. */
    serverConfig: schemas/* boolean */.zMY(),
    /** Names in dist/public/registry.json and registry-be.json; `null` without a file that holds a list. */
    registry: names,
    backendRegistry: names,
    /** In hexadecimal, of each of the two that is there. */
    registrySha256: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()).optional(),
    /** The directories of dist/public/plugins, with what their JavaScript files define. */
    bundles: schemas/* array */.YOg(schemas/* object */.Ikc({
        name: schemas/* string */.YjP(),
        files: schemas/* array */.YOg(schemas/* object */.Ikc({
            file: schemas/* string */.YjP(),
            sha256: schemas/* string */.YjP().optional(),
            id: schemas/* string */.YjP().optional(),
            dependencies: schemas/* array */.YOg(schemas/* string */.YjP()).optional(),
            /** What it asks for later, by `import()`. */
            lazy: schemas/* array */.YOg(schemas/* string */.YjP()).optional(),
        })),
    })),
});
const schema = schemas/* object */.Ikc({
    /** Set when the probe could not begin: no application, no moleculer. */
    error: failure.optional(),
    /** The file that was being loaded when the process ended. */
    loading: schemas/* string */.YjP().optional(),
    finished: schemas/* boolean */.zMY(),
    services: schemas/* array */.YOg(schemas/* object */.Ikc({
        /** Relative to server/dist. */
        file: schemas/* string */.YjP(),
        name: schemas/* string */.YjP().optional(),
        actions: schemas/* array */.YOg(action).optional(),
        events: schemas/* array */.YOg(schemas/* string */.YjP()).optional(),
        /** What it registered with something that is no function: calls of it throw. */
        undefinedHandlers: schemas/* array */.YOg(schemas/* object */.Ikc({ kind: schemas/* enum */.k5n(['action', 'event']), name: schemas/* string */.YjP() }))
            .optional(),
        /** Whether it has a database adapter. */
        database: schemas/* boolean */.zMY().optional(),
        error: failure.optional(),
        milliseconds: schemas/* number */.aig(),
    })),
    contents: contents.optional(),
    /** The services' TypeScript sources that the image holds, relative to its server directory. */
    sources: schemas/* array */.YOg(schemas/* string */.YjP()).optional(),
    /** Errors outside of loading, such as a failed connection. */
    asyncErrors: schemas/* array */.YOg(failure),
});
/** Far more than a probe of a thousand services writes. */
const MAX_BYTES = 16 * 1024 * 1024;
/**
 * Reads the result of the probe. Code of the image ran next to the probe and may have written anything there, so links
 * are not followed and the shape is checked.
 * @throws when there is no usable result
 */
function readProbeResult(path) {
    const descriptor = (0,external_node_fs_.openSync)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK);
    try {
        const stat = (0,external_node_fs_.fstatSync)(descriptor);
        if (!stat.isFile() || stat.size > MAX_BYTES)
            throw new Error('the result of the probe is not a usable file');
        const result = schema.safeParse(JSON.parse((0,external_node_fs_.readFileSync)(descriptor, 'utf8')));
        if (!result.success)
            throw new Error('the result of the probe has an unknown shape');
        return result.data;
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}

;// CONCATENATED MODULE: ./.build/src/proof/load.js








/** The limit inside the container, which holds even if this process is killed. */
const PROBE_SECONDS = 300;
/** The limit for docker itself, which also needs time to start the container. */
const RUN_SECONDS = PROBE_SECONDS + 60;
/**
 * Harmless values for the variables that services and the SDK require while they are constructed
 * (server/packages/sdk/src/services/lib/settings.ts); nothing connects to these addresses.
 */
const ENVIRONMENT = {
    NODE_ENV: 'production',
    MONGO_URL: 'mongodb://127.0.0.1:1/probe',
    REDIS_URL: 'redis://127.0.0.1:1',
    SECRET: 'probe',
    MINIO_URL: '127.0.0.1:1',
    API_URL: 'http://127.0.0.1:1',
    DISABLE_LOGGER: '1',
};
/** The probe, next to this file in the sources and in the bundle's directory. */
const probeFile = (0,external_node_path_.join)((0,external_node_path_.dirname)((0,external_node_url_.fileURLToPath)(import.meta.url)), 'probe.cjs');
/**
 * Constructs the plugins' services of an image inside it, with no network and no privileges.
 * @param plugins the names of those whose services are constructed; `undefined`: every plugin's
 * @throws {CommandError} when the image can't be run; a service that fails is part of the result
 */
async function loadServicesInImage(probed, plugins) {
    return probeImage(probed, plugins ? ['plugins', ...plugins] : []);
}
/**
 * Reads inside an image what its gateway would serve, without running any code of its application.
 * @throws when it can't be read
 */
async function readContentsOfImage(probed) {
    const { contents, error } = await probeImage(probed, ['contents']);
    if (!contents)
        throw new Error(`its contents can't be read: ${error?.message ?? 'the probe said nothing'}`);
    return contents;
}
async function probeImage({ docker, reference, appDir }, more) {
    // A name that no image has.
    const place = `/tailchat-plugins-${(0,external_node_crypto_.randomUUID)()}`;
    const script = [`${place}/probe.cjs`, external_node_path_.posix.join(appDir, 'server'), `${place}/result.json`];
    const create = [...CONTAINER, reference, ...script, String(PROBE_SECONDS), ...more];
    return (0,temporary/* withTemporaryDirectory */.n)((directory) => (0,copy.withContainer)(docker, { purpose: 'probe', create }, async (container) => {
        const given = (0,external_node_path_.join)(directory, 'given');
        (0,external_node_fs_.mkdirSync)(given);
        (0,external_node_fs_.copyFileSync)(probeFile, (0,external_node_path_.join)(given, 'probe.cjs'));
        // The image runs as another user, who reads the probe and writes the result next to it.
        (0,external_node_fs_.chmodSync)((0,external_node_path_.join)(given, 'probe.cjs'), 0o644);
        (0,external_node_fs_.chmodSync)(given, 0o777);
        await (0,copy.copyFiles)(docker, given, `${container}:${place}`);
        const failure = await (0,command/* failureOf */.g5)((0,command/* runCommand */.d1)('docker', ['start', '--attach', container], {
            env: docker.env,
            timeoutSeconds: RUN_SECONDS,
            // Services may print as much as they like.
            ignoreOutput: true,
        }));
        try {
            const result = (0,external_node_path_.join)(directory, 'result.json');
            await (0,copy.copyFiles)(docker, `${container}:${place}/result.json`, result);
            return readProbeResult(result);
        }
        catch (unreadable) {
            // Services that died midway leave a result behind; without one, the container did not start.
            throw failure ?? unreadable;
        }
    }));
}
/** The container without a network and without privileges; it sees no file of any machine. */
const CONTAINER = [
    '--init',
    '--network=none',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    '--pids-limit=512',
    // Otherwise the engine would write everything that services print to its disk.
    '--log-driver=none',
    ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    '--entrypoint=node',
];


/***/ })

};
