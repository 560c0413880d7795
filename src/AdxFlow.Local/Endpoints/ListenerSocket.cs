using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace AdxFlow.Local.Endpoints;

/// <summary>
/// The socket beneath a request. The runtime's managed listener offers no other way to it than reflection; where the
/// listener is the system's own (Windows), there is none.
/// </summary>
internal static class ListenerSocket
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly PropertyInfo? Connection = typeof(HttpListenerContext).GetProperty("Connection", Hidden);
    private static readonly FieldInfo? Field = Connection?.PropertyType.GetFields(Hidden).FirstOrDefault(f => f.FieldType == typeof(Socket));

    public static Socket? Find(HttpListenerContext context) => Connection?.GetValue(context) is { } connection ? Field?.GetValue(connection) as Socket : null;

    /// <summary>
    /// Lets small writes out at once. Else the end of an answer waits until the client has acknowledged its beginning, which
    /// clients put off for 40 ms.
    /// </summary>
    public static void SendAtOnce(HttpListenerContext context)
    {
        try
        {
            if (Find(context) is { } socket) socket.NoDelay = true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client is gone; whoever answers it finds out.
        }
    }
}
