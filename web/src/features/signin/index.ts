export { SignIn } from './SignIn'
export { SignInAgain } from './SignInAgain'
