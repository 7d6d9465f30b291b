import { Service } from 'moleculer';
import type { Model } from 'mongoose';
import { TcDbService } from './db';
import type {
  ActionSchema,
  Context,
  ServiceBroker,
  ServiceEvent,
  ServiceSchema,
} from 'moleculer';

export type TcContext<P = any> = Context<P, any>;

/**
 * The base class of every service, with the part of Tailchat's surface that the sample needs
 */
export abstract class TcService extends Service {
  private _mixins: Partial<ServiceSchema>[] = [];
  private _actions: NonNullable<ServiceSchema['actions']> = {};
  private _events: NonNullable<ServiceSchema['events']> = {};

  /**
   * Unique among all services. A plugin's is `plugin:NAME` or `plugin:NAME.SOMETHING`
   */
  abstract get serviceName(): string;

  /**
   * As in Tailchat, constructing a service registers it: onInit runs in here, before `this.logger` exists, and what
   * it throws ends the process
   */
  constructor(broker: ServiceBroker) {
    super(broker);

    this.onInit();

    this.applySchema();

    this.onInited();
  }

  private applySchema() {
    this.parseServiceSchema({
      name: this.serviceName,
      mixins: this._mixins,
      actions: this._actions,
      events: this._events,
      started: this.onStart,
      stopped: this.onStop,
    });
  }

  protected abstract onInit(): void;

  protected onInited() {}

  protected async onStart() {}

  protected async onStop() {}

  /**
   * Gives the service a collection of the database. Once: a second call would be a second connection
   */
  registerLocalDb(model: Model<any>) {
    this._mixins = [TcDbService(model)];
  }

  /**
   * Registers an action, which answers at /api/SERVICE/NAME unless its visibility forbids it
   */
  registerAction(
    name: string,
    handler: (ctx: TcContext) => unknown,
    schema: Omit<ActionSchema, 'handler'> = {}
  ) {
    this._actions[name] = {
      ...schema,
      handler(this: Service, ctx: Context) {
        return handler.call(this, ctx);
      },
    };
  }

  registerEventListener(
    eventName: string,
    handler: (payload: any, ctx: TcContext) => void,
    options: Omit<ServiceEvent, 'handler'> = {}
  ) {
    this._events[eventName] = {
      ...options,
      handler: (ctx: TcContext) => handler(ctx.params, ctx),
    };
  }

  /**
   * Registers an action that tells everybody whether the service can be used
   */
  registerAvailableAction(check: () => boolean) {
    this.registerAction('available', check);
    this.registerAuthWhitelist(['/available']);
  }

  /**
   * Tells the gateway which of the service's routes need no login. Each begins with a slash
   */
  registerAuthWhitelist(urls: string[]) {
    this.waitForServices('gateway').then(() =>
      this.broker.broadcast(
        'gateway.auth.addWhitelists',
        { urls: urls.map((url) => `/${this.serviceName}${url}`) },
        'gateway'
      )
    );
  }
}
