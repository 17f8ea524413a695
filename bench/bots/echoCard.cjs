// The card that the echo bots answer a press with: made once, since they render nothing.
exports.echoCard = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Echo', wrap: true }],
};
