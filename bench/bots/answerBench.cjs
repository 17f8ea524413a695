// What a bench asks an echo bot over the channel between processes.
exports.answerBench = (port) => {
  process.on('message', ({ say }) => {
    if (say === 'gc') global.gc?.();
    process.send?.({ cpu: process.cpuUsage(), memory: process.memoryUsage() });
  });
  process.once('disconnect', () => process.exit());
  process.send?.({ ready: true, port });
};
