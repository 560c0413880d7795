using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>
/// Hashes of text, and of points in time, of which the documentation has examples: the long hashes are those of their text, the
/// short one is that of their ticks. What is hashed of other types is not documented.
/// </summary>
internal static class HashFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Hash("hash_sha256", SHA256.HashData),
        Hash("hash_sha1", SHA1Of),
        Hash("hash_md5", MD5Of),
        new("hash", None, Short),
        new("hash_xxhash64", None, Short),
    ];

    private static ScalarFunction Hash(string name, Func<byte[], byte[]> function) => new(name, None, call =>
    {
        call.ExpectCount(1, 1);
        if (call.Arguments[0].Type is not (KustoType.String or KustoType.DateTime)) throw call.NotSupported($"'{name}()' of {KustoTypes.Name(call.Arguments[0].Type)}", "Cast it: tostring().");
        return KernelExpression.Create(KustoType.String, Kernels.Map<string, string>(KustoType.String, s => Convert.ToHexString(function(Encoding.UTF8.GetBytes(s))).ToLowerInvariant()), Conversion.ToText(call.Arguments[0]));
    });

    private static Expression Short(CallContext call)
    {
        call.ExpectCount(1, 2);
        if (call.Arguments.Length == 2) throw call.NotSupported($"'{call.Name}()' with a modulo", $"Write {call.Name}(x) % n.");
        return call.Arguments[0].Type switch
        {
            KustoType.String => KernelExpression.Create(KustoType.Long, Kernels.Map<string, long>(KustoType.Long, s => XxHash64.Of(Encoding.UTF8.GetBytes(s))), call.Arguments[0]),
            KustoType.DateTime => KernelExpression.Create(KustoType.Long, Kernels.Map<long, long>(KustoType.Long, OfTicks), call.Arguments[0]),
            var type => throw call.NotSupported($"'{call.Name}()' of {KustoTypes.Name(type)}", "Cast it: tostring()."),
        };
    }

    private static long OfTicks(long ticks)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, ticks);
        return XxHash64.Of(bytes);
    }

#pragma warning disable CA5350, CA5351 // The language has these functions; nothing is protected by them.
    private static byte[] SHA1Of(byte[] data) => SHA1.HashData(data);

    private static byte[] MD5Of(byte[] data) => MD5.HashData(data);
#pragma warning restore CA5350, CA5351
}
