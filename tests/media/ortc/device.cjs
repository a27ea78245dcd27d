// Answers questions with the real mediasoup-client: a JSON array of {ask, ...} in, answers out.
// argv[2] is the package.json of the project that has it installed.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');

const library = createRequire(process.argv[2]);
const ortc = library('mediasoup-client/ortc');
const { generateNativeRtpCapabilities } = library('mediasoup-client/fakeParameters');
const { extractRtpCapabilities } = library('mediasoup-client/handlers/sdp/commonUtils');
const sdpTransform = library('sdp-transform');

// What router and browser have in common. `offer` is what the browser offers (SDP); without it the
// browser is the library's own sample.
function extended({ router, offer }) {
  const local = offer
    ? extractRtpCapabilities({ sdpObject: sdpTransform.parse(offer) })
    : generateNativeRtpCapabilities();
  ortc.validateAndNormalizeRtpCapabilities(local);
  ortc.validateAndNormalizeRtpCapabilities(router);
  return ortc.getExtendedRtpCapabilities(local, router, false);
}

const answers = {
  // what Device.load makes of the router's capabilities
  load(question) {
    const both = extended(question);
    const send = ortc.getSendRtpCapabilities(both);
    return {
      receive: ortc.getRecvRtpCapabilities(both),
      canSend: ['audio', 'video'].filter((kind) => ortc.canSend(kind, send)),
    };
  },
  // what Transport.produce sends for a kind, and what it answers itself for the router
  send(question) {
    const both = extended(question);
    const own = ortc.getSendingRtpParameters(question.kind, both);
    const remote = ortc.getSendingRemoteRtpParameters(question.kind, both);
    own.codecs = ortc.reduceCodecs(own.codecs, question.codec);
    remote.codecs = ortc.reduceCodecs(remote.codecs, question.codec);
    return { own, remote };
  },
  // what Transport.consume checks; `parameters` come back with the library's defaults filled in
  receive({ parameters, capabilities }) {
    const accepted = ortc.canReceive(parameters, capabilities);
    if (parameters.codecs[0].mimeType.startsWith('video/')) {
      ortc.generateProbatorRtpParameters(parameters);
    }
    return { accepted, parameters };
  },
};

function answer(question) {
  try {
    return answers[question.ask](question);
  } catch (error) {
    return { error: String(error) };
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(answer)));
