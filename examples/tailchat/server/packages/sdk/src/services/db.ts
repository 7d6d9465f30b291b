import type { Service, ServiceSchema } from 'moleculer';
import mongoose from 'mongoose';
import type { Model } from 'mongoose';

/**
 * The part of a service that has a database. As in Tailchat, it starts only when the database has answered, and tries
 * again for ever: until then the gateway does not list it
 */
export function TcDbService(model: Model<any>): Partial<ServiceSchema> {
  return {
    adapter: { model },

    async started(this: Service) {
      for (;;) {
        try {
          await mongoose.connect(process.env.MONGO_URL ?? '', {
            serverSelectionTimeoutMS: 2000,
          });
          return;
        } catch (err) {
          this.logger.error('Connection error!', (err as Error).message);
          await new Promise((resolve) => setTimeout(resolve, 1000));
        }
      }
    },
  };
}
