export const id = 629;
export const ids = [629];
export const modules = {

/***/ 2629:
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
// EXTERNAL MODULE: ./.build/src/proof/boot-stack.js + 1 modules
var boot_stack = __webpack_require__(9564);
// EXTERNAL MODULE: ./.build/src/proof/stack.js
var stack = __webpack_require__(698);
// EXTERNAL MODULE: ./.build/src/tailchat/gateway.js
var gateway = __webpack_require__(6922);
// EXTERNAL MODULE: ./.build/src/proof/containers.js
var proof_containers = __webpack_require__(6968);
;// CONCATENATED MODULE: ./.build/src/report/boot-result.js



/**
 * Returns what booting the image showed, as the report has it.
 * @param boot.plugins those that the image offers
 */
function reportBoot({ stack, services, result, plugins, }) {
    const { listed, milliseconds, answers, containers, logs } = result;
    const isServed = (plugin) => answers.some((answer) => answer.path === (0,gateway/* bundlePath */.EU)(plugin) && (0,gateway/* isBundleOf */.Ir)(plugin, answer));
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
var catalogue = __webpack_require__(9519);
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
 * @throws with what to do, when it can't be used
 */
async function chooseStack(docker, { boot, image }, root) {
    const model = await (0,boot_stack/* readStack */.b)(docker, root, boot.composeFile);
    const images = [...image.names, image.baseImage];
    return { model, application: (0,stack/* applicationServices */.tc)(model, boot.service, { root, images }) };
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
        offered: plugins.map((plugin) => ({ plugin, file: `server/dist/public${(0,gateway/* bundlePath */.EU)(plugin)}` })),
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
    const result = await (0,boot_stack/* bootStack */.r)(docker, {
        model,
        application,
        image: image.reference,
        root,
        timeoutSeconds,
        progress: (listed, containers) => (0,boot_compare/* progressOf */.jA)(promise, listed, containers),
        onStack: surroundings.onStack ?? (() => undefined),
        paths: [...gateway/* REGISTRY_PATHS */.lo, ...offered.map(({ plugin }) => (0,gateway/* bundlePath */.EU)(plugin))],
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
