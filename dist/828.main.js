export const id = 828;
export const ids = [828];
export const modules = {

/***/ 2828:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  passGate: () => (/* binding */ passGate)
});

// EXTERNAL MODULE: ./build/control-plane/errors.js
var errors = __webpack_require__(5990);
// EXTERNAL MODULE: ./build/control-plane/resources.js
var resources = __webpack_require__(7608);
// EXTERNAL MODULE: ./build/deployment/revision.js
var revision = __webpack_require__(6309);
// EXTERNAL MODULE: ./build/run/figure.js
var figure = __webpack_require__(1220);
// EXTERNAL MODULE: ./build/runner/words.js
var words = __webpack_require__(3894);
;// CONCATENATED MODULE: ./build/deployment/thresholds.js


function judgeExperiment(thresholds, experiment, baseline) {
    const sides = [experiment, baseline].filter((session) => session !== undefined);
    const empty = sides.filter(({ figures }) => !figures.run_count);
    if (empty.length > 0)
        return { kind: 'unjudged', faults: empty.map((session) => noRuns(session, session === baseline)) };
    const judged = thresholds.map((threshold) => judgeOne(threshold, experiment, baseline));
    const faults = judged.flatMap((one) => ('text' in one ? [one] : []));
    if (faults.length > 0)
        return { kind: 'unjudged', faults };
    return { kind: 'judged', rows: judged.flatMap((one) => ('text' in one ? [] : [one])) };
}
const ROUNDING = 1e-9;
function judgeOne({ key, operator, bound }, experiment, baseline) {
    const own = figureOf(experiment, key);
    if (typeof own !== 'number')
        return { text: own, isOfBaseline: false };
    const other = baseline && figureOf(baseline, key);
    if (bound.kind === 'baseline' && typeof other !== 'number')
        return { text: other ?? NO_BASELINE, isOfBaseline: true };
    const unit = (0,figure/* unitOf */.uF)(key);
    const against = bound.kind === 'value' ? bound.value : changed(Number(other), bound);
    const { errors = 0, ofRuns } = scoreOf(experiment, key) ?? {};
    const runs = experiment.figures.run_count ?? 0;
    return {
        key,
        threshold: thresholdWords(operator, bound, against, key),
        value: (0,figure/* besideLimit */.ci)(own, against, unit),
        baseline: typeof other === 'number' ? (0,figure/* inUnit */.IP)(other, unit) : undefined,
        holds: HOLDS[operator](own - against),
        errors,
        ...(ofRuns !== undefined && ofRuns < runs && { scored: ofRuns }),
        ...(bound.kind === 'value' && { probably: probableShare(experiment, key, bound.value) })
    };
}
function probableShare(experiment, key, value) {
    if ((0,figure/* isFigure */.pk)(key) || value <= 1 || value > 100)
        return undefined;
    const averages = Object.values(experiment.feedback).flatMap(({ average }) => average ?? []);
    return averages.every((average) => average >= 0 && average <= 1) ? `${value}%` : undefined;
}
const NO_BASELINE = 'No baseline experiment is set.';
const HOLDS = {
    '>=': (difference) => difference >= -ROUNDING,
    '<=': (difference) => difference <= ROUNDING,
    '>': (difference) => difference > ROUNDING,
    '<': (difference) => difference < -ROUNDING
};
function changed(value, { change, by }) {
    if (change === '*')
        return value * by;
    return change === '+' ? value + by : value - by;
}
function thresholdWords(operator, bound, against, key) {
    const limit = (0,figure/* inUnit */.IP)(against, (0,figure/* unitOf */.uF)(key));
    if (bound.kind === 'value')
        return `${operator} ${limit}`;
    const { change, by } = bound;
    if (by === 0)
        return `${operator} baseline`;
    return `${operator} baseline ${change} ${change === '*' ? by : (0,figure/* inUnit */.IP)(by, (0,figure/* unitOf */.uF)(key))} (${limit})`;
}
function figureOf(session, key) {
    if ((0,figure/* isFigure */.pk)(key))
        return session.figures[key] ?? `"${session.name}" has no value for \`${key}\`.`;
    const score = scoreOf(session, key);
    if (!score)
        return `"${session.name}" has no feedback \`${key}\`.`;
    if (score.average !== undefined)
        return score.average;
    if (score.labels.length > 0) {
        const labels = (0,words/* listed */.KE)(score.labels.map(({ label, count }) => `${label} (${count})`));
        return `The feedback \`${key}\` of "${session.name}" is categorical and has no average: ${labels}.`;
    }
    const errors = score.errors > 0 ? `: its evaluator failed ${times(score.errors)}` : '';
    return `The feedback \`${key}\` of "${session.name}" has no score${errors}.`;
}
function scoreOf({ feedback }, key) {
    return !(0,figure/* isFigure */.pk)(key) && Object.hasOwn(feedback, key) ? feedback[key] : undefined;
}
function times(count) {
    return count === 1 ? 'once' : `${count} times`;
}
function noRuns({ name }, isOfBaseline) {
    return { text: `Experiment "${name}" has no runs.`, isOfBaseline };
}
function scoresOf({ feedback }) {
    return Object.entries(feedback).flatMap(([key, { average }]) => average === undefined ? [] : [`${key} (${(0,figure/* inUnit */.IP)(average, 'score')})`]);
}
function unfinishedWords({ progress, feedback, figures }) {
    if (!progress)
        return undefined;
    const { expectedRuns, evaluators } = progress;
    const isCount = (value) => value > 1 && Number.isInteger(value);
    const shareOf = (value) => (isCount(value) && expectedRuns ? value / expectedRuns : value);
    const counted = expectedRuns ? (figures.run_count ?? 0) / expectedRuns : undefined;
    const runs = progress.runs === undefined ? counted : shareOf(progress.runs);
    const open = Object.entries(evaluators).flatMap(([key, value]) => shareOf(value) < 1 ? [[key, shareOf(value)]] : []);
    if ((runs ?? 1) >= 1 && open.length === 0)
        return undefined;
    const done = runs === undefined ? [] : [`${(0,figure/* inUnit */.IP)(runs, 'share')} of ${expectedRuns ?? 'its'} runs`];
    const failed = (key) => evaluatorErrors(Object.hasOwn(feedback, key) ? feedback[key] : undefined);
    return (0,words/* listed */.KE)([...done, ...open.map(([key, share]) => `${(0,figure/* inUnit */.IP)(share, 'share')} of \`${key}\`${failed(key)}`)]);
}
function evaluatorErrors(score) {
    if (!score || score.errors === 0)
        return '';
    return ` (its evaluator failed ${times(score.errors)})`;
}

// EXTERNAL MODULE: ./build/report/gate.js
var report_gate = __webpack_require__(8080);
// EXTERNAL MODULE: ./build/run/duration.js
var duration = __webpack_require__(1088);
// EXTERNAL MODULE: ./build/run/limits.js + 1 modules
var run_limits = __webpack_require__(1298);
// EXTERNAL MODULE: ./build/run/poll.js
var poll = __webpack_require__(6561);
// EXTERNAL MODULE: ./build/runner/nearest.js
var nearest = __webpack_require__(377);
;// CONCATENATED MODULE: ./build/commands/gate.js











const SCORES_WITHIN_MS = 30_000;
const MOST_LISTED = 10;
async function passGate(context, gate, commit) {
    const { progress } = context;
    const read = await readings(context, await context.sessions(), gate);
    if ('status' in read)
        return read;
    const { experiment, baseline, judgement } = read;
    if (judgement.kind === 'unjudged')
        throw cannotBeJudged(judgement, gate, experiment, baseline);
    const { rows } = judgement;
    progress.gate({ experiment: shownExperiment(experiment), baseline: baseline && shownExperiment(baseline), rows });
    const failing = rows.filter(({ errors }) => errors > 0).map(({ key, errors }) => `\`${key}\` ${errors}`);
    if (failing.length > 0) {
        progress.warn(`Evaluators failed in experiment "${experiment.name}" (${(0,words/* listed */.KE)([...new Set(failing)])}), so the averages exclude their scores. Check the evaluators in LangSmith.`);
    }
    const partly = rows.filter(({ scored = Infinity, errors }) => scored + errors < (experiment.figures.run_count ?? 0));
    if (partly.length > 0)
        progress.warn(partlyScored(experiment, partly));
    const misread = rows.filter(({ holds, probably }) => holds && probably !== undefined);
    for (const row of misread)
        progress.warn(`\`thresholds\`: ${(0,report_gate/* scaleWords */.Ew)(row)}`);
    if (baseline && baseline.datasetId !== experiment.datasetId) {
        progress.warn(`The baseline experiment "${baseline.name}" used a different dataset than "${experiment.name}", so their scores are not comparable. Set \`baseline-experiment\` to an experiment on the same dataset.`);
    }
    if (commit && experiment.commit && !(0,revision/* isSameCommit */.sw)(experiment.commit, commit)) {
        progress.warn(`Experiment "${experiment.name}" evaluated commit ${experiment.commit}, but this run deploys ${commit}. Evaluate the commit to deploy, or set \`require-experiment\` to its experiment.`);
    }
    return rows.every(({ holds }) => holds) ? undefined : { status: 'rejected' };
}
function partlyScored({ name, figures }, rows) {
    const counts = rows.map(({ key, scored }) => `\`${key}\` ${scored}`);
    return `Some of the ${figures.run_count} runs in experiment "${name}" have no score (scored runs: ${(0,words/* listed */.KE)([...new Set(counts)])}), so the averages cover only the scored runs. Check that the evaluators score every run.`;
}
function shownExperiment({ id, name, tenantId, datasetId, figures }) {
    return { id, name, tenantId, datasetId, runs: figures.run_count ?? 0 };
}
async function readings(context, sessions, gate) {
    const { limits } = context;
    try {
        const id = await experimentId(sessions, gate.experiment, 'require-experiment');
        const baselineId = gate.baseline === undefined ? undefined : await experimentId(sessions, gate.baseline, 'baseline-experiment');
        if (id === baselineId)
            throw ownBaseline(gate);
        const read = async () => {
            const experiment = await finished(context, sessions, id, 'require-experiment');
            const baseline = baselineId === undefined ? undefined : await finished(context, sessions, baselineId, 'baseline-experiment');
            return { experiment, baseline, judgement: judgeExperiment(gate.thresholds, experiment, baseline) };
        };
        let now = await read();
        const since = limits.clock.now();
        if (now.judgement.kind === 'unjudged') {
            const missing = now.judgement.faults.map(({ text }) => text).join(' ');
            context.progress.note(`${missing} Checking again for up to ${(0,duration/* inWords */.r)(SCORES_WITHIN_MS)}, because scores can arrive late.`);
        }
        while (now.judgement.kind === 'unjudged' && limits.clock.now() - since < SCORES_WITHIN_MS) {
            await (0,run_limits/* pause */.v7)(limits, (0,poll/* pauseAfter */.l0)(limits.clock.now() - since, { share: 1 }));
            now = await read();
        }
        return now;
    }
    catch (error) {
        if (error instanceof UnfinishedError)
            return unfinishedVerdict(error);
        const isOfApi = error instanceof errors/* ApiError */.hD || error instanceof errors/* AnswerError */.dV || error instanceof errors/* UnreachableError */.Jk;
        throw isOfApi ? notReadable(sessions, error) : error;
    }
}
async function experimentId(sessions, written, role) {
    if ((0,resources/* isUuid */.O1)(written))
        return written;
    const found = await sessions.named(written);
    if (!found)
        throw await unknownExperiment(sessions, written, role);
    return found.id;
}
async function finished(context, sessions, id, role) {
    const { limits, progress } = context;
    let told = false;
    let words = '';
    const heartbeat = (0,poll/* createHeartbeat */.Vn)(limits.clock, () => progress.note(words));
    const pauseMs = (waitedMs) => (0,poll/* pauseAfter */.l0)(waitedMs, { random: Math.random() });
    try {
        return await (0,poll/* poll */.wt)(limits, { pauseMs, heartbeat }, async () => {
            const session = await sessions.session(id);
            if (!session)
                throw await unknownExperiment(sessions, id, role);
            if (session.datasetId === undefined)
                throw isProject(session, role);
            const unfinished = unfinishedWords(session);
            if (unfinished === undefined)
                return session;
            words = `Experiment "${session.name}" has not finished: it has ${unfinished}.`;
            if (!told)
                progress.note(`${words} Waiting for it to finish.`);
            told = true;
            return undefined;
        });
    }
    catch (error) {
        throw error instanceof run_limits/* DeadlineError */.j3 && words !== '' ? new UnfinishedError(words) : error;
    }
}
class UnfinishedError extends run_limits/* DeadlineError */.j3 {
    state;
    constructor(state) {
        super();
        this.state = state;
    }
}
function unfinishedVerdict({ state }) {
    return {
        status: 'timed-out',
        reason: `The timeout expired. ${state}`,
        advice: 'Raise `timeout` if the evaluation needs more time. An evaluation that was stopped never finishes; start it again.'
    };
}
function isProject({ name }, role) {
    return new errors/* RefusalError */.XQ('Not an experiment', `\`${role}\`: "${name}" is a tracing project, not an experiment.`, `Set \`${role}\` to the name or ID of an experiment; evaluating a dataset creates one.`);
}
function ownBaseline({ experiment }) {
    return new errors/* RefusalError */.XQ('Experiment and baseline are the same', `\`require-experiment\` and \`baseline-experiment\` both name "${experiment}", so the comparison cannot fail.`, 'Set `baseline-experiment` to an earlier experiment, such as that of the active revision.');
}
async function unknownExperiment(sessions, written, role) {
    const all = await sessions.experiments();
    const alike = all.filter(({ name }) => name.toLowerCase().startsWith(written.toLowerCase()));
    const newest = (alike.length > 0 ? alike : all).slice(0, MOST_LISTED).map(({ name }) => `"${name}"`);
    const meant = alike.length > 0 ? undefined : nearestExperiment(written, all);
    const which = alike.length > 0 ? 'Newest experiments with that prefix' : 'Newest experiments';
    return new errors/* RefusalError */.XQ('Experiment not found', [
        `\`${role}\`: experiment "${written}" does not exist in this workspace.${meant ? ` Did you mean "${meant}"?` : ''}`,
        newest.length > 0 ? `${which}: ${newest.join(', ')}.` : 'The workspace has no experiments.'
    ].join('\n'), `Set \`${role}\` to the full name or the ID: the SDK appends a dash and eight characters to \`experiment_prefix\`, and \`evaluate()\` returns the full name as \`experiment_name\`.`);
}
function nearestExperiment(written, all) {
    const prefixOf = (name) => name.replace(/-[0-9a-f]{8}$/, '');
    const names = all.map(({ name }) => name);
    const prefix = (0,nearest/* nearestOf */.q)(written, names.map(prefixOf));
    return (0,nearest/* nearestOf */.q)(written, names) ?? names.find((name) => prefixOf(name) === prefix);
}
function cannotBeJudged({ faults }, { thresholds }, experiment, baseline) {
    const owner = faults.every(({ isOfBaseline }) => isOfBaseline) && baseline ? baseline : experiment;
    const scores = scoresOf(owner);
    const figures = figure/* FIGURE_NAMES */.A.filter((name) => owner.figures[name] !== undefined);
    const known = [...Object.keys(owner.feedback), ...figures];
    const guesses = thresholds.flatMap(({ key }) => (known.includes(key) ? [] : ((0,nearest/* nearestOf */.q)(key, known) ?? [])));
    return new errors/* RefusalError */.XQ('Thresholds cannot be checked', [
        ...new Set(faults.map(({ text }) => text)),
        `"${owner.name}" has ${scores.length > 0 ? `the scores ${(0,words/* listed */.KE)(scores)}` : 'no scores'}${figures.length > 0 ? ` and the metrics ${figures.join(', ')}` : ''}.`,
        ...(guesses.length > 0 ? [`Did you mean ${(0,words/* listed */.KE)([...new Set(guesses)].map((key) => `\`${key}\``))}?`] : [])
    ].join('\n'), 'Use one of these in `thresholds`, or check that the evaluation finished.');
}
function notReadable({ url }, error) {
    return new errors/* RefusalError */.XQ('Experiment could not be read', `The LangSmith API at ${url} did not return the results of the experiment; nothing was deployed.`, 'Check that the API key can read tracing projects and experiments in this workspace (permission projects:read), and that this runner can reach that address.', error);
}


/***/ })

};
