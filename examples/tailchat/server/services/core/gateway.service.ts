import { createServer } from 'http';
import type { IncomingMessage, Server, ServerResponse } from 'http';
import fs from 'fs';
import path from 'path';
import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';

const publicDir = path.resolve('public'); // the working directory is server/dist
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'application/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/**
 * The HTTP side: /health, /api/SERVICE/ACTION and the files of dist/public. The sample has no users: any X-Token is a
 * login. As in Tailchat, routes that need none are forgotten when the gateway ends, and told again only by a service
 * that starts
 */
class GatewayService extends TcService {
  private server: Server;
  // What onInit registers may come before a class field would be set, which would be after it.
  private declare openRoutes: Set<string>;

  get serviceName() {
    return 'gateway';
  }

  onInit() {
    this.openRoutes = new Set();
    this.registerAction('health', this.health);
    this.registerEventListener('gateway.auth.addWhitelists', ({ urls }) => {
      this.logger.info('Need no login:', urls.join(', '));
      for (const url of urls) this.openRoutes.add(url);
    });
  }

  async onStart() {
    const port = Number(process.env.PORT || 3000);

    this.server = createServer((req, res) => {
      this.answer(req, res).catch((err) =>
        sendJSON(res, err.code || 500, { message: err.message })
      );
    });
    await new Promise<void>((resolve) => this.server.listen(port, resolve));
    this.logger.info(`Listening on port ${port}`);
  }

  async onStop() {
    this.server?.close();
  }

  /**
   * The services that this node can reach, on whatever node they run
   */
  async health(ctx: TcContext) {
    const services: any[] = await ctx.call('$node.services');

    return {
      nodeID: ctx.broker.nodeID,
      process: { uptime: process.uptime() },
      services: services
        .filter((service) => service.available)
        .map((service) => service.fullName),
      version: process.env.VERSION || 'nightly',
    };
  }

  private async answer(req: IncomingMessage, res: ServerResponse) {
    const { pathname, searchParams } = new URL(req.url, 'http://localhost');

    if (pathname === '/health') {
      return sendJSON(res, 200, await this.broker.call('gateway.health'));
    }
    if (pathname.startsWith('/api/')) {
      if (!req.headers['x-token'] && !this.openRoutes.has(route(pathname))) {
        return sendJSON(res, 401, { message: 'No login' });
      }
      const action = pathname.slice('/api/'.length).replace(/\//g, '.');
      const params = {
        ...Object.fromEntries(searchParams),
        ...(await body(req)),
      };

      return sendJSON(res, 200, {
        data: await this.callAction(action, params),
      });
    }
    sendFile(res, pathname);
  }

  /**
   * Published actions only: `public` ones are for other services
   */
  private callAction(name: string, params: unknown) {
    const endpoint: any = this.broker.findNextActionEndpoint(name);

    if ((endpoint.action?.visibility ?? 'published') !== 'published') {
      throw Object.assign(new Error(`No route: ${name}`), { code: 404 });
    }
    return this.broker.call(name, params);
  }
}

/**
 * The route of /api/SERVICE/ACTION, as services name theirs
 */
function route(pathname: string) {
  return pathname.slice('/api'.length);
}

async function body(req: IncomingMessage) {
  let text = '';
  for await (const chunk of req) text += chunk;
  return text ? JSON.parse(text) : {};
}

function sendJSON(res: ServerResponse, status: number, value: unknown) {
  res.writeHead(status, { 'content-type': contentTypes['.json'] });
  res.end(JSON.stringify(value));
}

/**
 * As in Tailchat, what does not exist is answered with the application's page and status 200
 */
function sendFile(res: ServerResponse, pathname: string) {
  const wanted = path.join(publicDir, path.normalize(decodeURI(pathname)));
  const found = fs.statSync(wanted, { throwIfNoEntry: false })?.isFile();
  const file = found ? wanted : path.join(publicDir, 'index.html');
  const type = contentTypes[path.extname(file)] ?? 'application/octet-stream';

  res.writeHead(200, {
    'content-type': type,
    'access-control-allow-origin': '*',
  });
  fs.createReadStream(file).pipe(res);
}

export default GatewayService;
