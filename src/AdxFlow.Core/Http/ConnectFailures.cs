using System.Net.Sockets;
using System.Security.Authentication;

namespace AdxFlow.Http;

/// <summary>Tells apart the ways in which no connection comes about.</summary>
internal static class ConnectFailures
{
    /// <summary>
    /// True where there is nobody: no host of that name, or nothing that listens. Waiting some seconds does not bring a stopped cluster back.
    /// A name server that does not answer (<see cref="SocketError.TryAgain"/>) is another matter.
    /// </summary>
    public static bool IsAbsent(Exception failure) =>
        Find<SocketException>(failure) is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.ConnectionRefused };

    /// <summary>True where the time for connecting ran out. That of a request whose connection stands ends in another way.</summary>
    public static bool IsConnectTimeout(Exception failure) => failure is OperationCanceledException && Find<TimeoutException>(failure) is not null;

    /// <summary>True where the other side's certificate is not trusted, or no common version of TLS was found.</summary>
    public static bool IsTls(Exception failure) => Find<AuthenticationException>(failure) is not null;

    /// <summary>In a few words, without a full stop.</summary>
    public static string Reason(Exception failure) => Find<SocketException>(failure)?.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => "there is no host of that name",
        SocketError.TryAgain => "the name server does not answer",
        SocketError.ConnectionRefused => "nobody listens there (connection refused)",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown => "there is no way to it in this network",
        _ when IsConnectTimeout(failure) => "no connection came about in time",
        _ => Redaction.Clean(Innermost(failure).Message).TrimEnd('.'),
    };

    private static T? Find<T>(Exception failure)
        where T : Exception
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
                return found;
        }

        return null;
    }

    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
            failure = inner;
        return failure;
    }
}
