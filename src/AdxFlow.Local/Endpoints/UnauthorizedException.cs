namespace AdxFlow.Local.Endpoints;

/// <summary>The Authorization header is no valid bearer token: the service answers 401 with no JSON body.</summary>
internal sealed class UnauthorizedException(string reason) : Exception(reason);
