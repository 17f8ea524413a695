// Loads what production loads and stops short of starting it: which packages are in memory by then, and what they cost.
const from = performance.now();
require('../../dist/src/wiring.js');
require('../../dist/src/config.js');
require('../../dist/src/telemetry/telemetry.js');
const packages = {};
for (const file of Object.keys(require.cache)) {
  const name = file.match(/.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/)?.[1] ?? 'steward';
  packages[name] = (packages[name] ?? 0) + 1;
}
global.gc?.();
process.send?.({ ms: performance.now() - from, packages, memory: process.memoryUsage() });
