export const id = 298;
export const ids = [298];
export const modules = {

/***/ 1298:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  chooseNode: () => (/* binding */ chooseNode),
  writeFragments: () => (/* binding */ writeFragments)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/formats/image-reference.js
var image_reference = __webpack_require__(6137);
// EXTERNAL MODULE: ./.build/src/image/base.js
var image_base = __webpack_require__(4052);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./.build/src/image/node.js
var image_node = __webpack_require__(2742);
;// CONCATENATED MODULE: ./.build/src/image/fragments.js


/** Those of Tailchat's own docker-compose.yml. */
const TAILCHAT_COMPOSE = { gateway: 'service-core', networks: ['internal'] };
/**
 * Returns a compose fragment to be merged with Tailchat's own compose file. SERVICEDIR stands in it, since that of the env
 * file would win over the image's; it is restarted with the gateway, which forgets the node's open routes when it restarts.
 */
function composeFragment({ image, plugins }, { gateway, networks }) {
    const fragment = (0,dist/* stringify */.As)({
        services: {
            [image_node/* NODE_NAME */.BM]: {
                image,
                env_file: 'docker-compose.env',
                environment: { SERVICEDIR: (0,image_node/* serviceDirectories */.V5)(plugins), SERVICES: '' },
                depends_on: { [gateway]: { condition: 'service_started', restart: true } },
                ...(networks.length > 0 && { networks: [...networks] }),
                restart: 'unless-stopped',
            },
        },
    });
    return `# docker compose -f docker-compose.yml -f THIS_FILE up -d ${image_node/* NODE_NAME */.BM}
# Where your stack has other names than Tailchat's own: its env file, the gateway's service, and its networks.
${fragment}`;
}
/**
 * Returns a Kubernetes Deployment of a node. It listens on no port, so it has no probe over HTTP.
 * @param environment the ConfigMap or Secret with the variables of Tailchat's core
 */
function kubernetesDeployment({ image, plugins }, environment = {
    configMapRef: { name: 'tailchat-env' },
}) {
    const labels = { 'app.kubernetes.io/name': image_node/* NODE_NAME */.BM };
    const deployment = (0,dist/* stringify */.As)({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: image_node/* NODE_NAME */.BM, labels },
        spec: {
            replicas: 1,
            selector: { matchLabels: labels },
            template: {
                metadata: { labels },
                spec: {
                    containers: [
                        {
                            name: image_node/* NODE_NAME */.BM,
                            image,
                            envFrom: [environment],
                            env: [
                                { name: 'SERVICEDIR', value: (0,image_node/* serviceDirectories */.V5)(plugins) },
                                // An inherited one would take the place of whole directories.
                                { name: 'SERVICES', value: '' },
                            ],
                        },
                    ],
                },
            },
        },
    }, { aliasDuplicateObjects: false });
    return `# kubectl apply -n NAMESPACE_OF_TAILCHAT -f THIS_FILE
# envFrom is the ConfigMap or Secret from which Tailchat's own containers have their variables.
${deployment}`;
}

// EXTERNAL MODULE: ./.build/src/image/strategy.js
var image_strategy = __webpack_require__(6960);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var lib_files = __webpack_require__(5312);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
;// CONCATENATED MODULE: ./.build/src/stages/node.js








/** Where the fragments go, relative to the repository. */
const DIRECTORY = 'tailchat-node';
/**
 * Chooses the plugins whose services a node of its own loads, and the image that it goes on.
 * @throws when a plugin would not work this way, with what to do
 */
async function chooseNode(docker, run, { plan, examined: { desired } }) {
    const { image, bundle } = run.inputs;
    const states = nodePlugins(desired.plugins);
    const names = states.map(({ plugin }) => plugin.name);
    (0,image_node/* serviceDirectories */.V5)(names);
    const halves = states.filter(hasBrowserSide).map(({ plugin }) => plugin.name);
    if (halves.length > 0 && bundle.publicUrl === '')
        throw new Error(`${(0,wording/* listed */.KE)(halves)} ${halves.length === 1 ? 'has a front end' : 'have front ends'}, which the gateway of an unchanged Tailchat does not have: deploy it in a step of its own with as: bundle (base-image, public-url), put it where public-url says, and give the same public-url to this step; docs/node.md has the workflow`);
    if (plan.references.includes(image.baseImage))
        throw new Error(`the tag ${image.baseImage} is base-image, which Tailchat runs: give images another name for the node, such as ${(0,image_reference/* nameOf */.Vb)(image.baseImage)}-plugins`);
    const base = await (0,image_base/* findRunningImage */.Y8)(docker, image.baseImage);
    const strategy = (0,image_strategy/* decideStrategy */.k)({
        asked: 'overlay',
        pluginsOnly: true,
        base,
        platforms: image.platforms,
        changes: { unknown: 'a node holds every plugin with services' },
        builtinWanted: [],
    });
    const left = desired.plugins.filter(({ plugin }) => plugin.kind === 'frontend');
    run.record({
        notes: [
            `As a node of its own on the message bus: ${(0,wording/* listed */.KE)(names)}.`,
            ...(left.length > 0
                ? [
                    `Not in a node, since they have no services: ${(0,wording/* listed */.KE)(left.map(({ plugin }) => plugin.name))}; as: bundle serves them.`,
                ]
                : []),
        ],
    });
    return strategy.strategy === 'overlay'
        ? { ...strategy, node: names, reason: `on ${base.reference}: a node is always one` }
        : strategy;
}
/** The plugins that have services which production loads. */
function nodePlugins(states) {
    return states.filter(({ plugin, expectServices }) => expectServices && plugin.services.some(({ loadedIn }) => loadedIn === 'production'));
}
/** Whether users should see a front end of it; users do not miss one that is declared hidden. */
function hasBrowserSide({ plugin, declared, offer }) {
    return (plugin.kind === 'fullstack' && plugin.web?.manifest !== undefined && !(declared && offer === 'hidden'));
}
/** Writes how a proven node is run: a compose fragment and a Kubernetes Deployment, pinned by its digest. */
function writeFragments({ inputs, record }, root, { plugins, image, stack, }) {
    if (image.name === '') {
        record({
            notes: ['No compose fragment and no Kubernetes Deployment were written: the image was not pushed.'],
        });
        return;
    }
    const node = { image: `${image.name}@${image.digest}`, plugins };
    // The stack of this action has names of its own, which no real one has.
    const isOwn = stack && inputs.boot.composeFile !== '';
    const compose = composeFragment(node, isOwn ? surroundingsIn(stack) : TAILCHAT_COMPOSE);
    const kubernetes = kubernetesDeployment(node);
    const files = {
        composeFile: `${DIRECTORY}/node.compose.yml`,
        kubernetesFile: `${DIRECTORY}/node.kubernetes.yml`,
    };
    (0,lib_files/* writeFileWithin */.PZ)([root], (0,external_node_path_.join)(root, files.composeFile), compose);
    (0,lib_files/* writeFileWithin */.PZ)([root], (0,external_node_path_.join)(root, files.kubernetesFile), kubernetes);
    record({
        node: {
            plugins: [...plugins],
            serviceDir: (0,image_node/* serviceDirectories */.V5)(plugins),
            ...files,
            compose,
            kubernetes,
        },
    });
}
/** What the fragment must name of the stack that was booted. */
function surroundingsIn({ model, gateways }) {
    const [gateway = TAILCHAT_COMPOSE.gateway] = gateways;
    const networks = Object.keys(model.services[gateway]?.networks ?? {}).filter((name) => name !== 'default');
    return { gateway, networks };
}


/***/ })

};
