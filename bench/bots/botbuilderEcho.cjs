// The bare echo bot of botbuilder, on the server that Steward uses: what its documentation shows, and nothing more. A bench may have it ask storage
// (BENCH_STORAGE) for so much before it answers, and answer with a message and a card of the bench's.
const restify = require('restify');
const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder');
const { echoCard } = require('./echoCard.cjs');
const { answerBench } = require('./answerBench.cjs');

/** What it answers, and what it asks storage before: waves of requests for each type of activity. */
const given = { message: null, card: echoCard, waves: {} };
process.on('message', ({ say, ...more }) => {
  if (say === 'give') Object.assign(given, more);
});

const tables = process.env.BENCH_STORAGE ? openTables(process.env.BENCH_STORAGE) : null;

function openTables(connection) {
  const { TableClient } = require('@azure/data-tables');
  const { AzureTable } = require('../../dist/src/storage/azureTable.js');
  const open = (name) =>
    new AzureTable(TableClient.fromConnectionString(connection, name, { allowInsecureConnection: true }));
  return { plans: open('plans'), people: open('people') };
}

async function askStorage(type) {
  const waves = given.waves[type];
  if (tables && waves) await require('../../dist/bench/tables.js').replay(waves, tables);
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, async (context) => {
    await askStorage(context.activity.type);
    if (context.activity.type === 'invoke') {
      const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: given.card };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    } else await context.sendActivity(given.message ?? `Echo: ${context.activity.text}`);
  });
});
server.listen(0, '127.0.0.1', () => answerBench(server.address().port));
