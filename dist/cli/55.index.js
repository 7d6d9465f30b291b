export const id = 55;
export const ids = [55];
export const modules = {

/***/ 6055:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   renderDoctor: () => (/* binding */ renderDoctor)
/* harmony export */ });
/* harmony import */ var _lib_lists_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3758);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1067);
/* harmony import */ var _wrap_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2808);



const STYLES = {
    ok: 'green',
    problem: 'red',
    note: 'yellow',
    skipped: 'dim',
};
/** Returns what `doctor` prints: a line for each need, with what to do below it, and a line that sums it up. */
function renderDoctor(needs, page) {
    const width = (0,_lib_lists_js__WEBPACK_IMPORTED_MODULE_1__/* .largest */ .n)(Object.keys(STYLES).map((state) => state.length), 0);
    const names = (0,_lib_lists_js__WEBPACK_IMPORTED_MODULE_1__/* .largest */ .n)(needs.map(({ name }) => name.length), 0);
    const indent = width + 2 + names + 2;
    const lines = needs.flatMap(({ name, state, found, fix }) => {
        const head = `${(0,_wrap_js__WEBPACK_IMPORTED_MODULE_0__/* .paint */ .nI)(state, STYLES[state], page)}${' '.repeat(width - state.length)}  ${name.padEnd(names)}  `;
        const body = (text) => (0,_wrap_js__WEBPACK_IMPORTED_MODULE_0__/* .wrap */ .LV)([{ text }], { ...page, width: Math.max(page.width - indent, 30) }, 1);
        const [first = '', ...more] = body(found);
        const rest = [...more, ...(fix === undefined ? [] : body(`→ ${fix}`))];
        return [head + first, ...rest.map((line) => ' '.repeat(indent) + line.trimStart())];
    });
    const problems = needs.filter(({ state }) => state === 'problem').length;
    const verdict = problems === 0
        ? (0,_wrap_js__WEBPACK_IMPORTED_MODULE_0__/* .paint */ .nI)('No problem was found.', 'green', page)
        : (0,_wrap_js__WEBPACK_IMPORTED_MODULE_0__/* .paint */ .nI)(`${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(problems, 'problem')} to solve first.`, 'red', page);
    return `${[...lines, verdict].join('\n')}\n`;
}


/***/ })

};
