import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Span, type Tracing, under } from '#kernel/telemetry/span.ts';

/**
 * Makes every request of the API and of the doors for outside systems a span under the trace id that stands in the log and in the answer. Told are the route
 * that was found, never the address as it was written, the method and the status. An id that somebody sends along is not taken over: the log's are ours.
 */
export const traceRequests = (server: FastifyInstance, tracing: Tracing): void => {
  const spans = new WeakMap<FastifyRequest, Span>();
  server.addHook('onRequest', async (request) => {
    const { url = '', config } = request.routeOptions;
    if (!/^\/(api|ext)\//.test(url)) return;
    const span = tracing.begin(request.id, `${request.method} ${url}`, 'server', {
      'http.request.method': request.method,
      'http.route': url,
      ...(config.operation === undefined ? {} : { 'hushang.operation': config.operation }),
    });
    if (span) spans.set(request, span);
  });
  // Behind the reading of the body, whose events belong to the connection and not to the request.
  server.addHook('preHandler', (request, _, done) => {
    const span = spans.get(request);
    if (span) under(span, done);
    else done();
  });
  server.addHook('onResponse', async (request, { statusCode }) => {
    spans.get(request)?.end(statusCode >= 500, { 'http.response.status_code': statusCode });
  });
};
