// The bare echo bot of botbuilder, on the server that Steward uses: what its documentation shows, and nothing more.
const restify = require('restify');
const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder');
const { echoCard } = require('./echoCard.cjs');
const { answerBench } = require('./answerBench.cjs');

/** A bench may have it send a message and a card of its own, as large as those that it is measured against. */
const answers = { message: null, card: echoCard };
process.on('message', ({ say, message, card }) => {
  if (say === 'answerWith') Object.assign(answers, { message, card });
});

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, async (context) => {
    if (context.activity.type === 'invoke') {
      const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answers.card };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    } else await context.sendActivity(answers.message ?? `Echo: ${context.activity.text}`);
  });
});
server.listen(0, '127.0.0.1', () => answerBench(server.address().port));
