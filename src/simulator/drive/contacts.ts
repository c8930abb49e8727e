// The driving API for what an administrator does in the console's contacts besides people: departments and tags; the helper is told of it.
import type { FastifyInstance } from 'fastify';
import type { Department, Tag } from '../api.ts';
import { tellOfDepartment, tellOfTag } from '../contacts.ts';
import { departmentPutSchema, tagPutSchema } from '../corp-schema.ts';
import type { World } from '../world.ts';
import { input, refused } from './answer.ts';

type WithId = { Params: { id: string } };

/** PUT and DELETE of departments, PUT of tags. */
export function contactRoutes(server: FastifyInstance, world: World): void {
  const { directory } = world;
  const changed = () => world.stream.publish({ type: 'people' });

  server.put<WithId>('/simulator/departments/:id', async (request, reply) => {
    const given = input(departmentPutSchema, request.body ?? {}, reply);
    if (given === null) return reply;
    const id = Number(request.params.id);
    const before = directory.department(id) ?? null;
    const after: Department = { name: '', parentId: 1, order: 0, ...before, ...given, id };
    if (after.name === '') return refused(reply, 400, 'name: a new department needs one');
    if (id !== 1 && directory.department(after.parentId) === undefined)
      return refused(reply, 400, `parentId: there is no department ${after.parentId}`);
    directory.putDepartment(after);
    await tellOfDepartment(world, before, after);
    changed();
    return after;
  });

  server.delete<WithId>('/simulator/departments/:id', async ({ params }, reply) => {
    const before = directory.department(Number(params.id));
    if (before === undefined) return refused(reply, 404, `there is no department ${params.id}`);
    // As in the console: a department goes when nothing is in it any more.
    if (directory.departmentTree(before.id).length > 1 || directory.membersBelow(before.id).length > 0)
      return refused(reply, 409, `${before.name} is not empty`);
    directory.removeDepartment(before.id);
    await tellOfDepartment(world, before, null);
    changed();
    return {};
  });

  server.put<WithId>('/simulator/tags/:id', async (request, reply) => {
    const given = input(tagPutSchema, request.body ?? {}, reply);
    if (given === null) return reply;
    const id = Number(request.params.id);
    const before = directory.tag(id) ?? null;
    const after: Tag = { name: `tag ${id}`, users: [], departments: [], ...before, ...given, id };
    directory.putTag(after);
    await tellOfTag(world, before, after);
    changed();
    return after;
  });
}
