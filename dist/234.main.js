export const id = 234;
export const ids = [234];
export const modules = {

/***/ 9234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readSmokeTests: () => (/* binding */ readSmokeTests)
/* harmony export */ });
/* harmony import */ var _control_plane_resources_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7608);
/* harmony import */ var _run_error_message_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4062);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1379);
/* harmony import */ var _run_sentence_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(857);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7198);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6835);
/* harmony import */ var _yaml_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3697);







const USUAL_MS = 120_000;
const BOUNDS = { least: 1_000, most: 3_600_000 };
const EXAMPLE = '`{graph: agent, input: {messages: [{role: user, content: Hello}]}}`';
const FIELDS = ['graph', 'input', 'config', 'context', 'timeout', 'expect'];
const EXPECTED = ['contains', 'matches', 'subset'];
async function readSmokeTests(inputs, { written, file, readFile, graphs }) {
    const inline = written === undefined ? [] : await testsIn(inputs, 'smoke-test', written, graphs);
    if (file === undefined)
        return inline;
    let text;
    try {
        text = Buffer.from(readFile(file)).toString('utf8');
    }
    catch (error) {
        inputs.problem('smoke-test-file', (0,_run_sentence_js__WEBPACK_IMPORTED_MODULE_2__/* .sentence */ .em)(`cannot be read: ${(0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_3__/* .errorMessage */ .g)(error)}`));
        return inline;
    }
    return [...inline, ...(await testsIn(inputs, 'smoke-test-file', text, graphs))];
}
async function testsIn(inputs, input, text, graphs) {
    const read = await (0,_yaml_js__WEBPACK_IMPORTED_MODULE_4__/* .readYaml */ .g)(text);
    if ('problem' in read) {
        inputs.problem(input, `${read.problem}. Use the form ${EXAMPLE}, with quotes around texts that contain \`: \` or \`#\`.`);
        return [];
    }
    const parsed = read.value;
    const list = Array.isArray(parsed) ? parsed : [parsed];
    if (list.length === 0 || list.some((one) => !(0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(one))) {
        inputs.problem(input, `expected a run or a list of runs in YAML or JSON, such as ${EXAMPLE}.`);
        return [];
    }
    return list.flatMap((one, index) => {
        const where = list.length > 1 ? ` in run ${index + 1}` : '';
        const faults = [...faultsOfTest(one), ...faultsOfGraph(one, graphs)];
        for (const fault of faults)
            inputs.problem(input, fault.replace('%', where));
        return faults.length > 0 ? [] : [toTest(one)];
    });
}
function faultsOfTest(test) {
    const { graph, input, config, context, timeout, expect } = test;
    const faults = unknownFields(test, FIELDS, '');
    if (typeof graph !== 'string' || graph === '')
        faults.push(`has no \`graph\`%. Set it to the name of a graph, as in ${EXAMPLE}.`);
    if (input === undefined || input === null)
        faults.push(`has no \`input\`%. Set it to the input of the graph, as in ${EXAMPLE}.`);
    for (const [name, value] of Object.entries({ config, context })) {
        if (value !== undefined && !(0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(value))
            faults.push(`has an invalid \`${name}\`%: expected an object. Set its fields, or remove it.`);
    }
    if (context !== undefined && (0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(config)?.configurable !== undefined) {
        faults.push('has both `context` and `config.configurable`%, which the Agent Server rejects. Use one of them; `context` is the newer field.');
    }
    const duration = timeout === undefined ? undefined : (0,_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .faultOfDuration */ .Y)(String(timeout), BOUNDS);
    if (duration)
        faults.push(`has an invalid \`timeout\`%: ${duration}`);
    if (expect !== undefined)
        faults.push(...faultsOfExpectation(expect));
    return faults;
}
function faultsOfGraph({ graph }, graphs) {
    if (!graphs || typeof graph !== 'string' || graph === '' || graphs.includes(graph) || (0,_control_plane_resources_js__WEBPACK_IMPORTED_MODULE_0__/* .isUuid */ .O1)(graph))
        return [];
    const names = graphs.map((name) => `\`${name}\``).join(', ');
    return [`has an unknown \`graph\` "${graph}"%: expected one of ${names}.`];
}
function faultsOfExpectation(expect) {
    const fields = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(expect);
    if (typeof expect === 'string' && expect !== '') {
        return [`has a text as \`expect\`%: expected fields. Use \`expect: ${JSON.stringify({ contains: expect })}\`.`];
    }
    if (!fields && expect !== null && expect !== '') {
        return ['has an invalid `expect`%: expected fields. For a part of the result, use `expect: {subset: JSON}`.'];
    }
    if (!fields || Object.keys(fields).length === 0) {
        return ['has an empty `expect`%. Set `contains: text`, `matches: regular expression` or `subset: JSON`.'];
    }
    const faults = unknownFields(fields, EXPECTED, 'expect.');
    if (fields.subset === null) {
        faults.push('has an empty `expect.subset`%. Set it to a part of the result, or remove it.');
    }
    for (const name of ['contains', 'matches']) {
        const value = fields[name];
        if (value === '' || value === null) {
            faults.push(`has an empty \`expect.${name}\`%, which matches any text. Set the text, or remove it.`);
        }
        else if (value !== undefined && typeof value !== 'string') {
            faults.push(`has an invalid \`expect.${name}\`%: expected a string. Put it in quotes.`);
        }
    }
    const [, pattern, flags] = (typeof fields.matches === 'string' && LITERAL.exec(fields.matches)) || [];
    if (pattern !== undefined) {
        const ofCase = flags?.includes('i') ? ' To ignore case, use a form such as `[Bb]erlin`.' : '';
        faults.push(`has slashes around the pattern in \`expect.matches\`%, but slashes${flags ? ' and flags' : ''} are part of the pattern. Use \`${pattern}\`.${ofCase} If the result contains the slashes, begin with \`[/]\`.`);
    }
    const fault = typeof fields.matches === 'string' ? faultOfPattern(fields.matches) : undefined;
    if (fault !== undefined) {
        faults.push(`has an invalid \`expect.matches\`% (${fault}): expected a JavaScript regular expression such as \`"order \\\\d+"\`.`);
    }
    return faults;
}
const LITERAL = /^\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/([dgimsuvy]*)$/;
function unknownFields(value, known, prefix) {
    return Object.keys(value)
        .filter((name) => !known.includes(name))
        .map((name) => `has an unknown field \`${prefix}${name}\`%. Known fields: ${known.map((one) => `\`${one}\``).join(', ')}.`);
}
function faultOfPattern(source) {
    try {
        new RegExp(source);
        return undefined;
    }
    catch (error) {
        return (0,_run_error_message_js__WEBPACK_IMPORTED_MODULE_3__/* .errorMessage */ .g)(error)
            .replace(`Invalid regular expression: /${source}/`, '')
            .replace(/^[a-z]*: /, '');
    }
}
function toTest(test) {
    const expect = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(test.expect);
    return {
        graph: String(test.graph),
        input: test.input ?? null,
        config: (0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(test.config),
        context: (0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(test.context),
        timeoutMs: test.timeout === undefined ? USUAL_MS : ((0,_duration_js__WEBPACK_IMPORTED_MODULE_6__/* .parseDuration */ .E9)(String(test.timeout)) ?? USUAL_MS),
        expect: expect && {
            contains: expect.contains,
            matches: expect.matches,
            subset: expect.subset
        }
    };
}


/***/ })

};
