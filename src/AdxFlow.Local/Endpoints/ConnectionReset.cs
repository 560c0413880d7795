using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace AdxFlow.Local.Endpoints;

/// <summary>
/// Resets the connection of a request. Where the listener is the system's own (Windows), aborting the response does it.
/// The runtime's managed listener, used elsewhere, sends the headers of an empty answer first, and offers no other way
/// to its socket than reflection.
/// </summary>
internal static class ConnectionReset
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    public static void Reset(HttpListenerContext context)
    {
        if (FindSocket(context) is { } socket)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        context.Response.Abort();
    }

    /// <summary>Closes the connection in good order, so that what was sent arrives, but in the middle of the answer.</summary>
    public static void Cut(HttpListenerContext context)
    {
        if (FindSocket(context) is { } socket)
        {
            socket.Shutdown(SocketShutdown.Send);
            socket.Close();
        }

        context.Response.Abort();
    }

    /// <summary>True where the client has closed the connection. Where the listener is the system's own that shows only when one writes to it.</summary>
    public static bool IsClosed(HttpListenerContext context)
    {
        try
        {
            return FindSocket(context) is { } socket && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (Exception)
        {
            // The request may end meanwhile; its end disposes what is looked at here.
            return true;
        }
    }

    private static Socket? FindSocket(HttpListenerContext context)
    {
        object? connection = typeof(HttpListenerContext).GetProperty("Connection", Hidden)?.GetValue(context);
        return connection?.GetType().GetFields(Hidden).FirstOrDefault(f => f.FieldType == typeof(Socket))?.GetValue(connection) as Socket;
    }
}
