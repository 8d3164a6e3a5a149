export { type AuthRoute, authRoutes } from './auth-routes.ts';
export { type Auth, type AuthAnswer, type Caller, createAuth } from './create-auth.ts';
export {
  changePerson,
  findPeople,
  findPerson,
  isRegistrationOpen,
  type Person,
  permitRegistration,
} from './person-store.ts';
