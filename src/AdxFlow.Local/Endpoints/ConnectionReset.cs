using System.Net;
using System.Net.Sockets;

namespace AdxFlow.Local.Endpoints;

/// <summary>
/// Resets the connection of a request. Where the listener is the system's own (Windows), aborting the response does it.
/// The runtime's managed listener, used elsewhere, sends the headers of an empty answer first, unless its socket is closed.
/// </summary>
internal static class ConnectionReset
{
    public static void Reset(HttpListenerContext context)
    {
        if (ListenerSocket.Find(context) is { } socket)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        context.Response.Abort();
    }

    /// <summary>Closes the connection at once, whoever still writes to it or reads from it.</summary>
    public static void Drop(HttpListenerContext context)
    {
        try
        {
            if (ListenerSocket.Find(context) is not { } socket) return;
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }

    /// <summary>Closes the connection in good order, so that what was sent arrives, but in the middle of the answer.</summary>
    public static void Cut(HttpListenerContext context)
    {
        if (ListenerSocket.Find(context) is { } socket)
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
            return ListenerSocket.Find(context) is { } socket && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (Exception)
        {
            // The request may end meanwhile; its end disposes what is looked at here.
            return true;
        }
    }
}
