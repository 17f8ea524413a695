// The bare echo bot of @microsoft/teams.apps, on express as its documentation shows it.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../sdks/package.json', import.meta.url));
const { App, ExpressAdapter } = require('@microsoft/teams.apps');
const express = require('express');
const { echoCard } = createRequire(import.meta.url)('./echoCard.cjs');
const { answerBench } = createRequire(import.meta.url)('./answerBench.cjs');

const site = express();
const silent = () => undefined;
const logger = {
  debug: silent,
  info: silent,
  warn: silent,
  error: console.error,
  log: silent,
  child: () => logger,
};
const app = new App({
  httpServerAdapter: new ExpressAdapter(site),
  dangerouslyAllowUnauthenticatedRequests: true,
  logger,
});
app.on('message', async ({ activity, send }) => {
  await send(`Echo: ${activity.text}`);
});
app.on('card.action', async () => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: echoCard,
}));
await app.initialize();
const server = createServer(site).listen(0, '127.0.0.1', () => answerBench(server.address().port));
