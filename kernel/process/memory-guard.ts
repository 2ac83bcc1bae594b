import { workerData } from 'node:worker_threads';

// A thread of its own: the one that decodes comes to no timer while it does.
setInterval(() => {
  if (process.memoryUsage.rss() > Number(workerData)) process.kill(process.pid, 'SIGKILL');
}, 20);
