// The bare echo bot of @microsoft/agents-hosting, on express as its documentation shows it.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../sdks/package.json', import.meta.url));
const { ActivityHandler, CloudAdapter } = require('@microsoft/agents-hosting');
const express = require('express');
const { echoCard } = createRequire(import.meta.url)('./echoCard.cjs');
const { answerBench } = createRequire(import.meta.url)('./answerBench.cjs');

const adapter = new CloudAdapter({});
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await context.sendActivity(`Echo: ${context.activity.text}`);
  await next();
});
const logic = async (context) => {
  if (context.activity.type !== 'invoke') return bot.run(context);
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: echoCard };
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
};
const app = express();
app.use(express.json());
app.post('/api/messages', (request, response) => {
  request.user ??= { aud: '', appid: '' };
  void adapter.process(request, response, logic);
});
const server = app.listen(0, '127.0.0.1', () => answerBench(server.address().port));
