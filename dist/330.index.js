export const id = 330;
export const ids = [330];
export const modules = {

/***/ 1330:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  boot: () => (/* binding */ boot),
  chooseStack: () => (/* binding */ chooseStack),
  promiseOfImage: () => (/* binding */ promiseOfImage),
  promiseOfNode: () => (/* binding */ promiseOfNode),
  promiseOfSources: () => (/* binding */ promiseOfSources)
});

// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/proof/boot-compare.js
var boot_compare = __webpack_require__(2850);
// EXTERNAL MODULE: ./.build/src/proof/boot-stack.js + 1 modules
var boot_stack = __webpack_require__(9564);
// EXTERNAL MODULE: ./.build/src/image/node.js
var node = __webpack_require__(361);
// EXTERNAL MODULE: ./.build/src/formats/image-reference.js
var image_reference = __webpack_require__(6137);
// EXTERNAL MODULE: ./.build/src/proof/stack.js
var stack = __webpack_require__(698);
;// CONCATENATED MODULE: ./.build/src/proof/node-stack.js



/**
 * Returns the stack with the core of an unchanged Tailchat and the node: containers that load nothing but plugins are
 * left out, and what else they would load of plugins as well.
 * @param wanted a service that runs Tailchat; empty: it is recognised
 * @throws with all that would keep the node, or the gateway, from running
 */
function nodeStack({ services, ...others }, { wanted, application, names, plugins, base, }) {
    const own = names.map(image_reference/* nameOf */.Vb);
    const isNode = ({ image }) => image !== undefined && own.includes((0,image_reference/* nameOf */.Vb)(image));
    const given = Object.keys(services).filter((name) => isNode(services[name] ?? {}));
    const withoutNodes = Object.fromEntries(Object.entries(services).filter(([name]) => !given.includes(name)));
    const tailchat = (0,stack/* applicationServices */.tc)({ ...others, services: withoutNodes }, wanted, application);
    const core = [];
    const kept = {};
    for (const [name, service] of Object.entries(services)) {
        if (!tailchat.includes(name)) {
            kept[name] = service;
            continue;
        }
        const directories = coreDirectories(environmentOf(service)['SERVICEDIR']);
        if (directories === '')
            continue;
        core.push(name);
        const environment = { ...environmentOf(service), SERVICEDIR: directories };
        kept[name] = { ...withoutBuild(service), image: base, environment };
    }
    const [first] = core;
    const coreService = first === undefined ? undefined : kept[first];
    if (!coreService)
        throw new Error('no container of the stack runs the core of Tailchat: SERVICEDIR must name services');
    const nodes = given.length > 0 ? given : [node/* NODE_NAME */.BM];
    if (given.length === 0)
        kept[node/* NODE_NAME */.BM] = addedNode(coreService, plugins);
    const problems = nodes.flatMap((name) => problemsOfNode(name, kept[name] ?? {}, coreService));
    if (problems.length > 0)
        throw new Error(problems.join('; '));
    const model = { ...others, services: withoutDependencies(kept) };
    return { model, core: core.sort(), nodes, isGiven: given.length > 0 };
}
/** A node as the compose fragment has it, with the variables of the core. */
function addedNode(core, plugins) {
    const { networks, depends_on } = core;
    return {
        environment: { ...environmentOf(core), SERVICEDIR: (0,node/* serviceDirectories */.V5)(plugins), SERVICES: '' },
        ...(networks && { networks }),
        ...(depends_on !== undefined && { depends_on }),
        restart: 'on-failure',
    };
}
/** SERVICEDIR without directories of plugins; empty: there is no other. Where it is not set, the image has its own. */
function coreDirectories(value) {
    return (value ?? 'services')
        .split(',')
        .filter((directory) => !/^\s*(?:\.\/)?plugins(?:\/|\s*$)/.test(directory))
        .join(',');
}
/** What keeps a node from being listed, or takes the gateway down, one line each. */
function problemsOfNode(name, node, core) {
    const own = environmentOf(node);
    const ofCore = environmentOf(core);
    const nodeId = 'so two containers can have the same node id, and of two nodes with one id the second ends the first, the gateway among them';
    return [
        ...('hostname' in node && node['hostname']
            ? [`${name} has a hostname of its own: a node's id is made of it, ${nodeId}; leave hostname out`]
            : []),
        ...(node['network_mode'] === 'host'
            ? [
                `${name} has network_mode: host: a node's id is made of the host's name then, ${nodeId}; give it a network of the stack`,
            ]
            : []),
        ...(own['NODEID']
            ? [
                `${name} gets NODEID=${own['NODEID']}, ${nodeId}; leave NODEID out, also of the env file that both read`,
            ]
            : []),
        ...((own['NAMESPACE'] ?? '') === (ofCore['NAMESPACE'] ?? '')
            ? []
            : [
                `${name} has NAMESPACE=${own['NAMESPACE'] ?? ''} and the core ${ofCore['NAMESPACE'] ?? 'none'}: they would not see each other; leave NAMESPACE out`,
            ]),
        ...(own['TRANSPORTER'] || !ofCore['TRANSPORTER']
            ? []
            : [
                `${name} has no TRANSPORTER, and the core has one: it would join no message bus; give it the core's`,
            ]),
    ];
}
function environmentOf(service) {
    const environment = service['environment'];
    if (typeof environment !== 'object' || environment === null)
        return {};
    return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value === null ? '' : String(value)]));
}
function withoutBuild(service) {
    const { build, ...rest } = service;
    return build === undefined ? service : rest;
}
/** Nothing waits for a service that was left out. */
function withoutDependencies(services) {
    return Object.fromEntries(Object.entries(services).map(([name, service]) => {
        const dependencies = service['depends_on'];
        if (typeof dependencies !== 'object' || dependencies === null)
            return [name, service];
        const left = Object.entries(dependencies).filter(([other]) => Object.hasOwn(services, other));
        return [name, { ...service, depends_on: Object.fromEntries(left) }];
    }));
}

// EXTERNAL MODULE: ./.build/src/proof/live-promise.js
var live_promise = __webpack_require__(1938);
// EXTERNAL MODULE: ./.build/src/tailchat/gateway.js
var gateway = __webpack_require__(6922);
// EXTERNAL MODULE: ./.build/src/proof/containers.js
var proof_containers = __webpack_require__(6968);
;// CONCATENATED MODULE: ./.build/src/report/boot-result.js



/**
 * Returns what booting the image showed, as the report has it.
 * @param boot.plugins those that the image offers
 * @param boot.available those of its services that were asked for /available
 */
function reportBoot({ stack, services, result, plugins, available, }) {
    const { listed, before, milliseconds, answers, containers, logs } = result;
    const isAnswered = (service) => answers.some(({ path, status }) => path === (0,gateway/* availablePath */.Nj)(service) && status === 200);
    const isServed = (plugin) => answers.some((answer) => answer.path === (0,gateway/* bundlePath */.EU)(plugin) && (0,gateway/* isBundleOf */.Ir)(plugin, answer));
    const sorted = [...plugins].sort();
    return {
        stack,
        services,
        ...(milliseconds !== undefined && { milliseconds }),
        // What begins so is moleculer's own.
        listed: (listed ?? []).filter((name) => !name.startsWith('$')),
        ...(before && {
            before: before.filter((name) => !name.startsWith('$')),
            available: {
                answered: available.filter(isAnswered),
                silent: available.filter((service) => !isAnswered(service)),
            },
        }),
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
// EXTERNAL MODULE: ./.build/src/rules/catalogue.js + 26 modules
var catalogue = __webpack_require__(9152);
// EXTERNAL MODULE: ./.build/src/rules/findings.js + 1 modules
var findings = __webpack_require__(5501);
// EXTERNAL MODULE: ./.build/src/rules/image.js
var rules_image = __webpack_require__(8330);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(495);
// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stage = __webpack_require__(9573);
;// CONCATENATED MODULE: ./.build/src/stages/boot.js














/**
 * Reads the stack in which the image is booted.
 * @param node set where the image is a plugin node: then the stack runs the image that it joins
 * @throws when it can't be used, with what to do
 */
async function chooseStack(docker, { boot, image }, { root, node }) {
    const model = await (0,boot_stack/* readStack */.b)(docker, root, boot.composeFile);
    if (node) {
        const application = { root, images: [image.baseImage] };
        const joined = nodeStack(model, { ...node, wanted: boot.service, application, names: image.names });
        return { model: joined.model, application: joined.nodes, gateways: joined.core };
    }
    const images = [...image.names, image.baseImage];
    const application = (0,stack/* applicationServices */.tc)(model, boot.service, { root, images });
    return { model, application, gateways: application };
}
/** Returns what the sources promise of a stack; services that don't load in the image were reported before. */
function promiseOfSources({ workspace, desired, services: { expected } }, { services, probe }) {
    return {
        awaited: expected.flatMap(({ file, line, compiled }) => {
            const row = services.find((each) => each.file === file && each.loaded);
            return row
                ? [{ ...awaitedRow({ name: row.name, file, compiled }, probe), ...(line !== undefined && { line }) }]
                : [];
        }),
        tree: [...(workspace.deployment?.serverServices ?? []), ...expected.map(({ compiled }) => compiled)],
        offered: (0,rules_image/* offered */.Ix)(desired).map(({ plugin }) => ({ plugin: plugin.name, file: (0,rules_image/* placeOf */.$t)(plugin).file })),
        registries: gateway/* REGISTRY_PATHS */.lo,
        available: [],
    };
}
/** Returns what the sources promise of a stack that a plugin node joins: the gateway serves nothing of the plugins. */
function promiseOfNode(examined, proven) {
    const { available } = (0,live_promise/* recordOf */.zv)(examined.desired);
    return { ...promiseOfSources(examined, proven), offered: [], registries: [], available };
}
/** Returns what an image without sources promises of a stack: every service that loads, and every plugin that it offers. */
function promiseOfImage(probe, plugins) {
    return {
        awaited: probe.services.flatMap(({ file, name }) => name === undefined ? [] : [awaitedRow({ name, file: `server/dist/${file}`, compiled: file }, probe)]),
        tree: probe.services.map(({ file }) => file),
        offered: plugins.map((plugin) => ({ plugin, file: `server/dist/public${(0,gateway/* bundlePath */.EU)(plugin)}` })),
        registries: gateway/* REGISTRY_PATHS */.lo,
        available: [],
    };
}
function awaitedRow(service, { services }) {
    const needsDatabase = services.find(({ file }) => file === service.compiled)?.database ?? false;
    return { ...service, needsDatabase };
}
/**
 * Boots an image in its stack, and stops when the running stack lacks something that is promised.
 * @throws {StageError} when the stack does not come up completely
 */
async function boot({ inputs, surroundings, record }, docker, { image, proven, promise, source, node }) {
    const { composeFile, timeoutSeconds } = inputs.boot;
    const { awaited, offered, registries, available } = promise;
    const { root } = source;
    const { model, application, gateways } = await chooseStack(docker, inputs, { root, node });
    docker.onLine(`Booting ${composeFile || 'the stack of this action'} with the image in ${application.join(', ')}${node ? ` and ${node.base} in ${gateways.join(', ')}` : ''}`);
    const isAvailable = ({ answers }) => available.every((service) => answers.some(({ path, status }) => path === (0,gateway/* availablePath */.Nj)(service) && status === 200));
    const result = await (0,boot_stack/* bootStack */.r)(docker, {
        model,
        application,
        gateways,
        isStock: composeFile === '',
        joins: node !== undefined,
        image: image.reference,
        root,
        timeoutSeconds,
        progress: (listed, containers) => (0,boot_compare/* progressOf */.jA)(promise, listed, containers),
        onStack: surroundings.onStack ?? (() => undefined),
        paths: [
            ...registries,
            ...offered.map(({ plugin }) => (0,gateway/* bundlePath */.EU)(plugin)),
            ...available.map(gateway/* availablePath */.Nj),
        ],
        isAnswered: isAvailable,
    });
    const proof = {
        file: composeFile || layout/* layout */.Zp.dockerfile,
        timeoutSeconds,
        result,
        awaited,
        ...(0,boot_compare/* compareBoot */.eC)(proven.services, promise, { result, timeoutSeconds }),
    };
    const all = (0,findings/* joinFindings */.pZ)(proven.findings, (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.boot, { ...proof, offered, registries, available }, source));
    record({
        services: proof.rows,
        notes: result.notes,
        boot: reportBoot({
            available,
            stack: composeFile,
            services: application,
            result,
            plugins: offered.map(({ plugin }) => plugin),
        }),
        findings: (0,report/* reportFindings */.LH)(all.open),
        accepted: [...all.accepted],
    });
    requireAbsentBefore(proof);
    requireWhole(proof);
    if ((0,report/* hasFailingFindings */.PS)(all.open, inputs))
        throw new stage/* StageError */.Zu('boot', 'the running stack has the faults in the findings; no tag was moved');
}
/** Stops when the Tailchat that a node joins has its services without it. */
function requireAbsentBefore({ result: { before = [] }, awaited }) {
    const both = awaited.map(({ name }) => name).filter((name) => before.includes(name));
    if (both.length > 0)
        throw new stage/* StageError */.Zu('boot', `the stack lists ${(0,wording/* listed */.KE)(both)} before the node joins it, so another container loads ${both.length === 1 ? 'it' : 'them'} as well, and calls would be answered by either; no tag was moved`);
}
/** Stops before any tag moves when the stack does not keep the promise of the image. */
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
        throw new stage/* StageError */.Zu('boot', `the gateway could not be asked what it serves: ${silent.reason}; no tag was moved`);
}


/***/ })

};
