export const id = 61;
export const ids = [61];
export const modules = {

/***/ 6061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  boot: () => (/* binding */ boot),
  chooseStack: () => (/* binding */ chooseStack),
  promiseOfImage: () => (/* binding */ promiseOfImage),
  promiseOfSources: () => (/* binding */ promiseOfSources)
});

// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/proof/boot-compare.js
var boot_compare = __webpack_require__(2850);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./.build/src/lib/command.js + 1 modules
var command = __webpack_require__(5908);
// EXTERNAL MODULE: ./.build/src/image/build.js
var build = __webpack_require__(7309);
// EXTERNAL MODULE: ./.build/src/lib/environment.js
var environment = __webpack_require__(7102);
// EXTERNAL MODULE: ./.build/src/lib/interrupt.js
var interrupt = __webpack_require__(1404);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __webpack_require__(5312);
// EXTERNAL MODULE: ./.build/src/tailchat/gateway.js
var tailchat_gateway = __webpack_require__(6922);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(8816);
// EXTERNAL MODULE: ./.build/src/workspace/container.js
var container = __webpack_require__(3082);
;// CONCATENATED MODULE: ./.build/src/proof/boot-output.js



// What is written by docker, and by ask.cjs inside a container: each text is checked before it is believed.
const replies = schemas/* array */.YOg(schemas/* union */.KCZ([
    schemas/* object */.Ikc({ path: schemas/* string */.YjP(), error: schemas/* string */.YjP() }),
    schemas/* object */.Ikc({
        path: schemas/* string */.YjP(),
        status: schemas/* number */.aig(),
        type: schemas/* string */.YjP(),
        defines: schemas/* string */.YjP().optional(),
        text: schemas/* string */.YjP().optional(),
    }),
]));
/**
 * Reads what src/proof/ask.cjs wrote. It ran in a container, which may write anything: a path of which nothing can
 * be read is unanswered.
 * @param paths those that were asked for
 */
function readAnswers(text, paths) {
    const found = replies.safeParse((0,tailchat_gateway/* jsonOf */.o_)({ text })).data ?? [];
    const asked = { answers: [], unanswered: [] };
    for (const path of paths) {
        const reply = found.find((each) => each.path === path);
        if (reply && 'status' in reply)
            asked.answers.push(reply);
        else
            asked.unanswered.push({ path, reason: reply?.error ?? 'its container did not write the answer' });
    }
    return asked;
}
const health = schemas/* object */.Ikc({ services: schemas/* array */.YOg(schemas/* string */.YjP()) });
/** The services that an answer of /health lists, sorted; `undefined` when it is none. */
function listedServices(answer) {
    const found = answer.status === 200 ? health.safeParse((0,tailchat_gateway/* jsonOf */.o_)(answer)).data : undefined;
    return found && [...found.services].sort();
}
const words = schemas/* array */.YOg(schemas/* string */.YjP()).nullish();
const containers = schemas/* array */.YOg(schemas/* object */.Ikc({
    Id: schemas/* string */.YjP(),
    RestartCount: schemas/* number */.aig(),
    State: schemas/* object */.Ikc({ Status: schemas/* string */.YjP(), ExitCode: schemas/* number */.aig() }),
    Config: schemas/* object */.Ikc({
        Env: words,
        Cmd: words,
        Entrypoint: words,
        Labels: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()),
    }),
}));
const boot_output_images = schemas/* array */.YOg(schemas/* object */.Ikc({ Config: schemas/* object */.Ikc({ Cmd: words, Entrypoint: words }).nullish() }));
/** Reads what `docker image inspect` wrote of one image. */
function readImageProgram(text) {
    const config = boot_output_images.parse(JSON.parse(text))[0]?.Config;
    return { command: config?.Cmd ?? [], entrypoint: config?.Entrypoint ?? [] };
}
/**
 * Reads what `docker inspect` wrote of the containers of a stack, sorted by their services.
 * @param application names of the services that have the built image
 */
function readContainers(text, application, image) {
    const found = containers.parse(JSON.parse(text)).map(({ Id, RestartCount, State, Config }) => {
        const service = Config.Labels['com.docker.compose.service'] ?? '';
        const environment = new Map((Config.Env ?? []).map((line) => {
            const at = line.indexOf('=');
            return [line.slice(0, at), line.slice(at + 1)];
        }));
        const own = (words, images) => (JSON.stringify(words ?? []) === JSON.stringify(images) ? [] : (words ?? []));
        return {
            id: Id,
            service,
            isApplication: application.includes(service),
            state: State.Status,
            exitCode: State.ExitCode,
            restarts: RestartCount,
            settings: {
                runs: (0,container/* programOf */.oQ)([...own(Config.Entrypoint, image.entrypoint), ...own(Config.Cmd, image.command)]),
                serviceDir: settingOf(environment.get('SERVICEDIR')),
                services: settingOf(environment.get('SERVICES')),
            },
            bus: JSON.stringify([environment.get('TRANSPORTER'), environment.get('NAMESPACE')]),
            secrets: secretsOf(environment),
        };
    });
    return found.sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : 0));
}
function settingOf(value) {
    return value === undefined ? { is: 'unset' } : { is: 'known', value };
}
/** Shorter values would blacken every other word of a log. */
const SHORTEST_SECRET = 4;
function secretsOf(environment) {
    const named = [...environment]
        .filter(([name]) => /PASS|SECRET|TOKEN|KEY|CREDENTIAL/i.test(name))
        .map(([, value]) => value);
    const inUrls = [...environment.values()].flatMap((value) => /^[\w+.-]+:\/\/[^/@\s:]*:([^/@\s]+)@/.exec(value)?.[1] ?? []);
    return [...named, ...inUrls].filter(({ length }) => length >= SHORTEST_SECRET);
}

// EXTERNAL MODULE: ./.build/src/proof/containers.js
var proof_containers = __webpack_require__(6968);
// EXTERNAL MODULE: ./.build/src/formats/image-reference.js
var image_reference = __webpack_require__(6137);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(2876);
;// CONCATENATED MODULE: ./.build/src/proof/stack.js






const mount = schemas/* looseObject */._H3({
    type: schemas/* string */.YjP(),
    source: schemas/* string */.YjP().optional(),
    target: schemas/* string */.YjP(),
});
/** A service's use of a secret or a config. */
const grant = schemas/* looseObject */._H3({ source: schemas/* string */.YjP(), target: schemas/* string */.YjP().optional() });
const grants = schemas/* array */.YOg(grant).nullish();
const service = schemas/* looseObject */._H3({
    image: schemas/* string */.YjP().optional(),
    build: schemas/* looseObject */._H3({ context: schemas/* string */.YjP().optional(), dockerfile: schemas/* string */.YjP().optional(), secrets: grants })
        .nullish(),
    volumes: schemas/* array */.YOg(mount).nullish(),
    volumes_from: schemas/* array */.YOg(schemas/* string */.YjP()).nullish(),
    secrets: grants,
    configs: grants,
    /** A list of names in what a person writes, never in what compose does. */
    networks: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* looseObject */._H3({ aliases: schemas/* array */.YOg(schemas/* string */.YjP()).nullish() }).nullable())
        .nullish(),
});
/** A secret or a config of the stack. */
const content = schemas/* looseObject */._H3({ file: schemas/* string */.YjP().optional(), external: schemas/* boolean */.zMY().optional() });
const model = schemas/* looseObject */._H3({
    services: schemas/* record */.g1P(schemas/* string */.YjP(), service),
    networks: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).optional(),
    volumes: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).optional(),
    secrets: schemas/* record */.g1P(schemas/* string */.YjP(), content).optional(),
    configs: schemas/* record */.g1P(schemas/* string */.YjP(), content).optional(),
});
/**
 * Reads what `docker compose config` wrote.
 * @throws when that is no stack
 */
function readStackModel(text) {
    const result = model.safeParse(JSON.parse(text));
    if (!result.success)
        throw new Error('docker compose did not write the stack in the shape that it documents');
    return result.data;
}
/**
 * The services of a stack that run the application's image.
 * @param wanted one of them, by its name; empty: the image is recognised
 * @throws when there is no such service, or it can't be told
 */
function applicationServices({ services }, wanted, application) {
    const names = Object.keys(services).sort();
    const origins = wanted === '' ? recognisedOrigins(services, application) : [originOf(services[wanted])];
    const [origin] = origins;
    if (origin !== undefined && origins.length === 1)
        return names.filter((name) => originOf(services[name]) === origin);
    const list = names.map((name) => `${name} (${originOf(services[name]) ?? 'no image'})`).join(', ');
    throw new Error(wanted === ''
        ? `which service carries the built image cannot be told: set boot-service to one of ${list}`
        : `boot-service: the stack has no service ${JSON.stringify(wanted)} with an image; it has ${list}`);
}
/** The images of the stack that may be the application's, by the surest sign that any of them has. */
function recognisedOrigins(services, { root, images }) {
    const signs = [
        ({ image }) => image !== undefined && images.map(imageName).includes(imageName(image)),
        ({ build }) => build?.context !== undefined &&
            (0,external_node_path_.relative)(root, build.context) === '' &&
            (build.dockerfile ?? layout/* layout */.Zp.dockerfile) === layout/* layout */.Zp.dockerfile,
        ({ image }) => image !== undefined && /tailchat/i.test(imageName(image)),
    ];
    for (const sign of signs) {
        const found = Object.values(services).filter(sign).map(originOf);
        if (found.length > 0)
            return [...new Set(found)].filter((origin) => origin !== undefined);
    }
    return [];
}
/** Where the image of a service comes from; services with the same origin run the same image. */
function originOf(service) {
    const { image, build } = service ?? {};
    return (image ?? (build?.context && `built from ${(0,external_node_path_.join)(build.context, build.dockerfile ?? layout/* layout */.Zp.dockerfile)}`));
}
/** `ghcr.io/acme/tailchat:main` → `ghcr.io/acme/tailchat`. */
function imageName(reference) {
    return (0,image_reference/* nameOf */.Vb)(reference);
}
/**
 * What would collide with the real stack on this machine or join it, lead a router of the machine to this one, or keep
 * its logs from being read.
 */
const NOT_OWN = [
    'container_name',
    'ports',
    'labels',
    'external_links',
    'cgroup_parent',
    'use_api_socket',
    'logging',
];
/** What a container may share with others, or with the machine. */
const NAMESPACES = ['network_mode', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup'];
/** Nothing of another container that is not in the stack, and nothing of the machine's. */
const OWN_NAMESPACE = /^(service:.*|none|private|shareable)$/;
/** With `image`, what gives a built image a name that another of the machine may have; or fills a cache of others. */
const NOT_OWN_OF_BUILD = ['tags', 'cache_to'];
/**
 * The stack with the built image in the application's services, and cut off from everything that may be there
 * already, since the machine may be the one that runs the real stack: names, ports, labels that a router obeys,
 * volumes, networks, namespaces and image names of others. No network leads out: its services may have the addresses
 * of a real database. Of the machine's files it sees those of the repository, which it can't change.
 * @param application names of the services that get the image
 * @param root absolute path of the repository, with its symbolic links resolved
 */
function throwAwayStack({ services, networks = {}, volumes = {}, secrets = {}, configs = {}, ...others }, application, image, root) {
    const withoutMounts = [];
    const ownSecrets = ownContents(secrets, root);
    const ownConfigs = ownContents(configs, root);
    const isolated = (name, service) => {
        const mounts = (service.volumes ?? []).map((mount) => ({ mount, own: isolatedMount(mount, root) }));
        for (const { mount, own } of mounts)
            if (own?.type !== mount.type)
                withoutMounts.push(`${name}:${mount.target}`);
        const granted = (grants, own) => {
            for (const { source, target } of grants)
                if (!(source in own))
                    withoutMounts.push(`${name}:${target ?? source}`);
            return grants.filter(({ source }) => source in own);
        };
        const { build, volumes_from, secrets, configs, networks } = service;
        const origin = () => {
            if (application.includes(name))
                return { image, pull_policy: 'never' };
            if (!build)
                return { image: service.image };
            return {
                build: {
                    ...without(build, NOT_OWN_OF_BUILD),
                    ...(build.secrets && { secrets: granted(build.secrets, ownSecrets) }),
                },
            };
        };
        return {
            ...withoutForeignNamespaces(without(service, [...NOT_OWN, 'image', 'build'])),
            ...origin(),
            volumes: mounts.flatMap(({ own }) => own ?? []),
            ...(volumes_from && { volumes_from: volumes_from.filter((from) => !from.startsWith('container:')) }),
            ...(secrets && { secrets: granted(secrets, ownSecrets) }),
            ...(configs && { configs: granted(configs, ownConfigs) }),
            // A fixed address is one of a network of the real stack.
            ...(networks && {
                networks: mapped(networks, (_, own) => (own?.aliases ? { aliases: own.aliases } : null)),
            }),
        };
    };
    const model = {
        ...without(others, ['name']),
        services: mapped(services, isolated),
        // The default one is that of services whose own network is left out.
        networks: mapped({ default: null, ...networks }, () => ({ internal: true })),
        volumes: mapped(volumes, () => ({})),
        secrets: ownSecrets,
        configs: ownConfigs,
    };
    return { model, withoutMounts };
}
function withoutForeignNamespaces(service) {
    const foreign = NAMESPACES.filter((key) => key in service && !OWN_NAMESPACE.test(String(service[key])));
    return without(service, foreign);
}
/** The secrets or configs that show nothing of the machine's files but the repository's. */
function ownContents(contents, root) {
    const isOwn = ({ file, external }) => !external && (file === undefined || ((0,external_node_fs_.existsSync)(file) && (0,files/* isInside */.FK)(root, (0,external_node_fs_.realpathSync)(file))));
    return Object.fromEntries(Object.entries(contents)
        .filter(([, content]) => isOwn(content))
        .map(([key, content]) => [key, without(content, ['name'])]));
}
/** A mount that can be had without touching the machine's files; `undefined`: none. */
function isolatedMount(mount, root) {
    if (mount.type !== 'bind')
        return mount;
    const source = mount.source ?? '';
    const exists = (0,external_node_fs_.existsSync)(source);
    if (exists && (0,files/* isInside */.FK)(root, (0,external_node_fs_.realpathSync)(source)))
        return { ...mount, read_only: true };
    // Data of the real stack, most likely; a file or a socket has nothing that could stand in for it.
    return !exists || (0,external_node_fs_.statSync)(source).isDirectory() ? { type: 'volume', target: mount.target } : undefined;
}
function without(object, keys) {
    return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
function mapped(record, change) {
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(key, value)]));
}

;// CONCATENATED MODULE: ./.build/src/proof/boot-stack.js

















const COMPOSE_SECONDS = 60;
/** Of what else the stack builds. */
const BUILD_SECONDS = 60 * 60;
const DOWN_SECONDS = 2 * 60;
const ENGINE_SECONDS = 60;
/** To start Node.js in a container that is busy starting a server. */
const ASK_SECONDS = 40;
/** What ask.cjs may take for one path: ten seconds on each of two ports. */
const PATH_SECONDS = 2 * 10;
const POLL_MILLISECONDS = 1000;
const LOG_LINES = 40;
/** As they lie beside this file: in the sources, and in the bundle's directory. */
const here = (0,external_node_path_.dirname)((0,external_node_url_.fileURLToPath)(import.meta.url));
const stockStack = (0,external_node_path_.join)(here, 'stock-stack.yml');
const askScript = (0,external_node_path_.join)(here, 'ask.cjs');
/**
 * Reads a compose stack with everything filled in: variables, env files, included files.
 * @param root absolute path of the repository
 * @param composeFile relative to it; empty: the stack that comes with this action
 * @throws with what to do, when there is no such file or compose does not take it
 */
async function readStack(docker, root, composeFile) {
    if (composeFile !== '') {
        const result = (0,files/* readRepositoryFile */.tz)(root, composeFile);
        if ('missing' in result)
            throw new Error(`boot-compose-file: ${composeFile} does not exist`);
        if ('reason' in result)
            throw new Error(`boot-compose-file: ${composeFile} ${result.reason}`);
    }
    const file = composeFile === '' ? stockStack : (0,external_node_path_.join)(root, composeFile);
    try {
        const args = ['--project-name', 'boot', '--file', file, 'config', '--format', 'json'];
        const text = await (0,command/* runCommand */.d)('docker', ['compose', ...args], {
            cwd: root,
            env: docker.env,
            timeoutSeconds: COMPOSE_SECONDS,
        });
        return readStackModel(text);
    }
    catch (error) {
        if (!(error instanceof command/* CommandError */.Q))
            throw error;
        throw new Error(explained(error, composeFile), { cause: error });
    }
}
function explained({ lastLines, outcome }, composeFile) {
    const text = lastLines.join('\n');
    const envFile = /env file (\S+) not found/.exec(text)?.[1];
    if (envFile !== undefined)
        return `the stack of ${composeFile} needs the env file ${envFile}, which is not there: commit it, or write it in an earlier step`;
    if (/is not a docker command|unknown (shorthand )?flag/.test(text))
        return 'verify: boot needs Docker Compose 2 (the command docker compose)';
    return `docker compose does not take ${composeFile || 'the stack of this action'}: ${lastLines.at(-1) ?? outcome}`;
}
/**
 * Brings a stack up, asks it, and takes it down again, volumes included, whatever happens.
 * @throws {CommandError} when images of it can't be had
 */
async function bootStack(docker, request) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const { model, image, root, application } = request;
        const throwAway = throwAwayStack(model, application, image, root);
        const stack = {
            docker,
            project: `tailchat-plugins-${(0,external_node_crypto_.randomUUID)()}`,
            file: (0,external_node_path_.join)(directory, 'compose.json'),
        };
        // It holds what the env files hold: secrets. Nobody but this user can read it.
        (0,external_node_fs_.writeFileSync)(stack.file, JSON.stringify(throwAway.model), { mode: 0o600 });
        const notes = throwAway.withoutMounts.map((mount) => `The stack ran without what ${mount} mounts: of this machine's files it sees the repository's only.`);
        request.onStack(stack.project);
        const forget = (0,interrupt/* onInterrupt */.n)(() => takeDownNow(stack));
        try {
            return { ...(await bringUp(stack, request)), notes };
        }
        finally {
            await takeDown(stack).catch((error) => {
                const message = (0,wording/* messageOf */.bD)(error);
                notes.push(`The stack ${stack.project} could not be taken down, remove what is left of it: ${message}`);
            });
            forget();
        }
    });
}
async function bringUp(stack, request) {
    const { docker } = stack;
    const compose = (...args) => composeArgs(stack, ...args);
    const others = Object.entries(request.model.services).filter(([name]) => !request.application.includes(name));
    // `compose up` would do so as well, but not again when a container registry fails for a moment.
    for (const image of new Set(others.map(([, service]) => (service.build ? undefined : service.image))))
        if (image !== undefined && !(await hasImage(docker, image)))
            await (0,build/* pullImage */.ZP)(docker, image);
    if (others.some(([, { build }]) => build))
        await (0,command/* runCommand */.d)('docker', compose('build'), {
            env: docker.env,
            timeoutSeconds: BUILD_SECONDS,
            onLine: docker.onLine,
        });
    const started = performance.now();
    let failure;
    try {
        await (0,command/* runCommand */.d)('docker', compose('up', '--detach'), {
            env: docker.env,
            timeoutSeconds: request.timeoutSeconds,
        });
    }
    catch (error) {
        if (!(error instanceof command/* CommandError */.Q))
            throw error;
        failure = error;
    }
    const heard = await listen(stack, request, started, failure !== undefined);
    const { gateway, milliseconds } = heard;
    const asked = gateway === undefined ? NOTHING : await askContainer(docker, gateway, request.paths);
    const containers = await containersOf(stack, request);
    const telling = containers.filter((each) => (each.isApplication && milliseconds === undefined) || ((0,proof_containers/* isDead */.X)(each) && each.exitCode !== 0));
    const logs = new Map();
    for (const { id } of telling)
        logs.set(id, await logOf(docker, id, containers));
    return {
        ...heard,
        ...asked,
        containers,
        logs,
        failure,
    };
}
const NOTHING = { answers: [], unanswered: [] };
/** Asks for /health until it says what is awaited, or nothing more can come. */
async function listen(stack, request, started, isBroken) {
    const deadline = started + request.timeoutSeconds * 1000;
    let listed;
    let gateway;
    let instead;
    for (;;) {
        const containers = await containersOf(stack, request);
        for (const { id, state, isApplication } of containers) {
            // Which one has the gateway is not known before one of them answers.
            if (!isApplication || state !== 'running' || (gateway !== undefined && gateway !== id))
                continue;
            const { answers, unanswered } = await askContainer(stack.docker, id, ['/health']);
            const [answer] = answers;
            const services = answer && listedServices(answer);
            if (!services) {
                instead = answer ? (0,tailchat_gateway/* describeAnswer */.O1)(answer) : unanswered[0]?.reason;
                continue;
            }
            listed = services;
            gateway = id;
            break;
        }
        const progress = request.progress(listed, containers);
        const milliseconds = progress === 'complete' ? Math.round(performance.now() - started) : undefined;
        const isGone = containers.some((each) => each.id === gateway && (0,proof_containers/* isDead */.X)(each));
        if (progress !== 'waiting' || isGone || isBroken || performance.now() > deadline)
            return { listed, gateway, milliseconds, instead };
        await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
}
async function hasImage(docker, image) {
    return engine(docker, ['image', 'inspect', '--format', '{{.Id}}', image]).then(() => true, () => false);
}
async function containersOf({ docker, project }, request) {
    const label = `label=com.docker.compose.project=${project}`;
    const ids = await engine(docker, ['ps', '--all', '--quiet', '--no-trunc', '--filter', label]);
    if (ids === '')
        return [];
    const [containers, image] = await Promise.all([
        engine(docker, ['inspect', ...ids.split('\n')]),
        engine(docker, ['image', 'inspect', request.image]),
    ]);
    return readContainers(containers, request.application, readImageProgram(image));
}
/** What the server in a container answers; nothing to any path when it can't be asked. */
async function askContainer(docker, container, paths) {
    try {
        const text = await (0,command/* runCommand */.d)('docker', ['exec', '--interactive', container, 'node', '-', ...paths], {
            env: docker.env,
            input: (0,external_node_fs_.readFileSync)(askScript, 'utf8'),
            timeoutSeconds: ASK_SECONDS + paths.length * PATH_SECONDS,
        });
        return readAnswers(text, paths);
    }
    catch (error) {
        if (!(error instanceof command/* CommandError */.Q))
            throw error;
        const reason = error.lastLines.at(-1) ?? error.outcome;
        return { answers: [], unanswered: paths.map((path) => ({ path, reason })) };
    }
}
async function logOf(docker, id, containers) {
    const lines = [];
    const secrets = containers.flatMap((container) => container.secrets);
    try {
        await (0,command/* runCommand */.d)('docker', ['logs', '--tail', String(LOG_LINES), id], {
            env: docker.env,
            timeoutSeconds: ENGINE_SECONDS,
            onLine: (line) => lines.push((0,proof_containers/* withoutSecretValues */.P)(line, secrets)),
        });
    }
    catch (error) {
        // A log that can't be read must not take the place of what it should explain.
        if (!(error instanceof command/* CommandError */.Q))
            throw error;
        if (lines.length === 0)
            lines.push(`its log cannot be read: ${error.outcome}`);
    }
    return lines;
}
function engine(docker, args) {
    return (0,command/* runCommand */.d)('docker', args, { env: docker.env, timeoutSeconds: ENGINE_SECONDS });
}
function composeArgs({ project, file }, ...args) {
    return ['compose', '--ansi', 'never', '--project-name', project, '--file', file, ...args];
}
/** There is nothing to save: containers are killed at once. `local` are the images that the stack has built. */
const DOWN = ['down', '--volumes', '--remove-orphans', '--rmi', 'local', '--timeout', '0'];
async function takeDown(stack) {
    await (0,command/* runCommand */.d)('docker', composeArgs(stack, ...DOWN), {
        env: stack.docker.env,
        timeoutSeconds: DOWN_SECONDS,
    });
}
/** Twice: what `up` was about to make when it was ended may only then be there. */
function takeDownNow(stack) {
    const env = (0,environment/* childEnvironment */.Q)(stack.docker.env);
    for (const args of [composeArgs(stack, ...DOWN), composeArgs(stack, ...DOWN)])
        (0,external_node_child_process_.spawnSync)('docker', args, { env, stdio: 'ignore', timeout: DOWN_SECONDS * 1000 });
}
/** Takes down what is left of a stack of another process, by its name alone. */
function takeDownLeft(project) {
    const args = ['compose', '--project-name', project, ...DOWN];
    // Away from the repository, whose own compose file would be taken for that of the stack.
    spawnSync('docker', args, {
        cwd: tmpdir(),
        env: childEnvironment(),
        stdio: 'ignore',
        timeout: DOWN_SECONDS * 1000,
    });
}

;// CONCATENATED MODULE: ./.build/src/report/boot-result.js



/**
 * Returns what booting the image showed, as the report has it.
 * @param boot.plugins those that the image offers
 */
function reportBoot({ stack, services, result, plugins, }) {
    const { listed, milliseconds, answers, containers, logs } = result;
    const isServed = (plugin) => answers.some((answer) => answer.path === (0,tailchat_gateway/* bundlePath */.EU)(plugin) && (0,tailchat_gateway/* isBundleOf */.Ir)(plugin, answer));
    const sorted = [...plugins].sort();
    return {
        stack,
        services,
        ...(milliseconds !== undefined && { milliseconds }),
        // What begins so is moleculer's own.
        listed: (listed ?? []).filter((name) => !name.startsWith('$')),
        bundles: {
            served: sorted.filter(isServed),
            // Without a gateway, none was asked for.
            notServed: listed ? sorted.filter((plugin) => !isServed(plugin)) : [],
        },
        containers: containers
            .filter(({ id }) => logs.has(id))
            .map((container) => ({
            service: container.service,
            state: (0,proof_containers/* isDead */.X)(container) ? (0,boot_compare/* endOf */.pJ)(container) : container.state,
            log: logs.get(container.id) ?? [],
        })),
    };
}

// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __webpack_require__(7154);
// EXTERNAL MODULE: ./.build/src/rules/catalogue.js + 24 modules
var catalogue = __webpack_require__(1900);
// EXTERNAL MODULE: ./.build/src/rules/findings.js + 1 modules
var findings = __webpack_require__(5501);
// EXTERNAL MODULE: ./.build/src/rules/image.js
var rules_image = __webpack_require__(8330);
// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stage = __webpack_require__(9573);
;// CONCATENATED MODULE: ./.build/src/stages/boot.js












/**
 * Reads the stack in which the image is booted.
 * @throws with what to do, when it can't be used
 */
async function chooseStack(docker, { boot, image }, root) {
    const model = await readStack(docker, root, boot.composeFile);
    const images = [...image.names, image.baseImage];
    return { model, application: applicationServices(model, boot.service, { root, images }) };
}
/** What the sources promise of a stack; the services that don't load in the image were named before. */
function promiseOfSources({ workspace, desired, services: { expected } }, { services, probe }) {
    return {
        awaited: expected.flatMap(({ file, line, compiled }) => {
            const row = services.find((each) => each.file === file && each.loaded);
            return row
                ? [{ ...awaitedRow(row.name, file, compiled, probe), ...(line !== undefined && { line }) }]
                : [];
        }),
        tree: [...(workspace.deployment?.serverServices ?? []), ...expected.map(({ compiled }) => compiled)],
        offered: (0,rules_image/* offered */.Ix)(desired).map(({ plugin }) => ({ plugin: plugin.name, file: (0,rules_image/* placeOf */.$t)(plugin).file })),
    };
}
/** What an image promises by what it holds: every service that loads, and every plugin that it offers. */
function promiseOfImage(probe, plugins) {
    return {
        awaited: probe.services.flatMap(({ file, name }) => name === undefined ? [] : [awaitedRow(name, `server/dist/${file}`, file, probe)]),
        tree: probe.services.map(({ file }) => file),
        offered: plugins.map((plugin) => ({ plugin, file: `server/dist/public${(0,tailchat_gateway/* bundlePath */.EU)(plugin)}` })),
    };
}
function awaitedRow(name, file, compiled, { services }) {
    const needsDatabase = services.find((each) => each.file === compiled)?.database ?? false;
    return { name, file, compiled, needsDatabase };
}
/**
 * Boots an image, and stops when the running stack lacks what is promised of it.
 * @throws {StageError} when the stack does not come up, or not whole
 */
async function boot({ inputs, surroundings, record }, docker, { image, proven, promise, source }) {
    const { composeFile, timeoutSeconds } = inputs.boot;
    const { awaited, offered } = promise;
    const { root } = source;
    const { model, application } = await chooseStack(docker, inputs, root);
    docker.onLine(`Booting ${composeFile || 'the stack of this action'} with the image in ${application.join(', ')}`);
    const result = await bootStack(docker, {
        model,
        application,
        image: image.reference,
        root,
        timeoutSeconds,
        progress: (listed, containers) => (0,boot_compare/* progressOf */.jA)(promise, listed, containers),
        onStack: surroundings.onStack ?? (() => undefined),
        paths: [...tailchat_gateway/* REGISTRY_PATHS */.lo, ...offered.map(({ plugin }) => (0,tailchat_gateway/* bundlePath */.EU)(plugin))],
    });
    const proof = {
        file: composeFile || layout/* layout */.Zp.dockerfile,
        timeoutSeconds,
        result,
        awaited,
        ...(0,boot_compare/* compareBoot */.eC)(proven.services, promise, { result, timeoutSeconds }),
    };
    const all = (0,findings/* joinFindings */.pZ)(proven.findings, (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.boot, { ...proof, offered }, source));
    record({
        services: proof.rows,
        notes: result.notes,
        boot: reportBoot({
            stack: composeFile,
            services: application,
            result,
            plugins: offered.map(({ plugin }) => plugin),
        }),
        findings: (0,report/* reportFindings */.LH)(all.open),
        accepted: [...all.accepted],
    });
    requireWhole(proof);
    if ((0,report/* hasFailingFindings */.PS)(all.open, inputs.failOn))
        throw new stage/* StageError */.Zu('boot', 'the running stack has the faults that the findings name; no tag was moved');
}
/** Stops before any tag moves when the stack is not what the image promises. */
function requireWhole({ result, missing, timeoutSeconds }) {
    if (result.failure)
        throw new stage/* StageError */.Zu('boot', `the stack does not come up: ${result.failure.message}; no tag was moved`, {
            cause: result.failure,
        });
    if (!result.listed)
        throw new stage/* StageError */.Zu('boot', `the gateway did not answer /health within ${timeoutSeconds} s; no tag was moved`);
    if (missing.length > 0)
        throw new stage/* StageError */.Zu('boot', `the running stack lacks ${(0,wording/* listed */.KE)(missing.map(({ name }) => name))} (${(0,wording/* plural */.LS)(missing.length, 'service')}); no tag was moved`);
    const [silent] = result.answers.length === 0 ? result.unanswered : [];
    if (silent)
        throw new stage/* StageError */.Zu('boot', `the gateway could not be asked for what it serves: ${silent.reason}; no tag was moved`);
}


/***/ })

};
