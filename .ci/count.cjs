// Adds up what jest counted in each of its reports, and says it in one line.
const { readFileSync } = require('node:fs');

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const [passed, failed] = [sum('numPassedTests'), sum('numFailedTests')];
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
