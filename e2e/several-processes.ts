import { aBalancer } from '#testkit/balancer.ts';
import { aChildProduct } from '#testkit/child-product.ts';

// The product the stories meet with `STORIES_SEVERAL=1`: as `npm start` brings it up, but in three processes behind a balancer that remembers nothing.

const port = Number(process.env.PORT);
const product = await aChildProduct({
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  SIMULATORS_PORT: String(process.env.SIMULATORS_PORT),
  DEMO_CASES: String(process.env.DEMO_CASES),
});
await product.start();
const [answering, working] = await Promise.all([product.beside('serve'), product.beside('work')]);
const balancer = await aBalancer(() => [product.url, answering.url], port);

process.once('SIGTERM', () => {
  void (async () => {
    await balancer.close();
    await Promise.all([answering.stop(), working.stop()]);
    await product.close();
  })();
});
