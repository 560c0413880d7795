# Queries: typed rows, streamed, and the service's own words where it refuses.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Query'; Form = 'String, mandatory, position 0, from pipeline' }
        @{ Parameter = 'Parameter'; Form = 'Hashtable' }
        @{ Parameter = 'Option'; Form = 'Hashtable' }
        @{ Parameter = 'Timeout'; Form = 'TimeSpan' }
        @{ Parameter = 'As'; Form = 'AdxResultForm' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Form = 'String' }
    )
    $values = @(
        @{ Kql = 'true'; Type = [bool]; Value = $true }
        @{ Kql = 'int(42)'; Type = [int]; Value = 42 }
        @{ Kql = 'long(9223372036854775807)'; Type = [long]; Value = [long]::MaxValue }
        @{ Kql = 'real(1.5)'; Type = [double]; Value = 1.5 }
        @{ Kql = 'real(nan)'; Type = [double]; Value = [double]::NaN }
        @{ Kql = 'decimal(0.10000000000000000001)'; Type = [decimal]; Value = [decimal]::Parse('0.10000000000000000001', [cultureinfo]::InvariantCulture) }
        @{ Kql = 'decimal(0.1234567890123456789012345678901234)'; Type = [string]; Value = '0.1234567890123456789012345678901234' }
        @{ Kql = 'datetime(2026-03-04T05:06:07.1234567Z)'; Type = [datetime]; Value = [datetime]::new(2026, 3, 4, 5, 6, 7, [System.DateTimeKind]::Utc).AddTicks(1234567) }
        @{ Kql = 'timespan(1.02:03:04.5)'; Type = [timespan]; Value = [timespan] '1.02:03:04.5' }
        @{ Kql = 'guid(74be27de-1e4e-49d9-b579-fe0b331d3642)'; Type = [guid]; Value = [guid] '74be27de-1e4e-49d9-b579-fe0b331d3642' }
        @{ Kql = '"a\nb"'; Type = [string]; Value = "a`nb" }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable Weather 'Day:datetime', 'Kind:string', 'Rain:real'
    $null = 1..20 | ForEach-Object { [pscustomobject]@{ Day = [datetime]::new(2026, 1, $_, 0, 0, 0, [System.DateTimeKind]::Utc); Kind = $_ % 2 ? 'sun' : 'rain'; Rain = $_ / 2 } } |
        Send-AdxData Weather -Wait
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Invoke-AdxQuery' {
    It '<Parameter> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Invoke-AdxQuery $Parameter Run | Should -BeExactly $Form
    }

    It 'are not all for a deep link' {
        Get-ParameterForm Invoke-AdxQuery DeepLink DeepLink | Should -BeExactly 'SwitchParameter, mandatory'
        foreach ($parameter in 'Parameter', 'Option', 'Timeout', 'As') {
            Get-ParameterForm Invoke-AdxQuery $parameter DeepLink | Should -BeExactly 'not in this set'
        }
    }
}

Describe 'The rows of Invoke-AdxQuery' {
    It 'are objects with a property for each column, in its order' {
        $row = Invoke-AdxQuery 'Weather | where Kind == "sun" | top 1 by Day asc | project Kind, Rain'
        $row | Should -BeOfType 'AdxFlow.AdxRow'
        $row.PSObject.Properties.Name | Should -BeExactly 'Kind', 'Rain'
        $row.Kind | Should -BeExactly 'sun'
        $row.Rain | Should -Be 0.5
    }

    It 'hold <Kql> as <Type>' -ForEach $values {
        $read = (Invoke-AdxQuery "print v = $Kql").v
        $read.GetType() | Should -Be $Type
        # Equals, not -eq: NaN is what it is.
        [object]::Equals($read, $Value) | Should -BeTrue -Because "$read is what came"
        if ($read -is [datetime]) { $read.Kind | Should -Be 'Utc' }
    }

    It 'hold dynamic values as objects, lists and scalars' {
        $row = Invoke-AdxQuery 'print o = dynamic({"a":{"b":[1,{"c":"x"}]}}), l = dynamic([1,2.5,"x",null]), n = dynamic(7), e = dynamic(null)'
        $row.o.a.b[1].c | Should -BeExactly 'x'
        $row.l | Should -Be 1, 2.5, 'x', $null
        $row.n | Should -Be 7
        $row.e | Should -BeNullOrEmpty
    }

    It 'hold an empty text as that, and no value as null' {
        $row = Invoke-AdxQuery 'print s = "", n = long(null)'
        $row.s | Should -BeExactly ''
        $null -eq $row.n | Should -BeTrue
    }

    It 'keep columns apart that PowerShell cannot, with one warning' {
        $row = Invoke-AdxQuery 'print a = 1, A = 2' -WarningVariable warnings -WarningAction SilentlyContinue
        $row.PSObject.Properties.Value | Should -Be 1, 2
        $warnings | Should -HaveCount 1
    }

    It 'keep names apart in dynamic values too, told once however many rows there are' {
        $rows = Invoke-AdxQuery 'datatable(d:dynamic)[dynamic({"a":1,"A":2,"":3,"PSObject":4}), dynamic({"a":5,"A":6})]' -WarningVariable warnings -WarningAction SilentlyContinue
        $rows[0].d.PSObject.Properties.Value | Should -Be 1, 2, 3, 4
        $rows[1].d.A_1 | Should -Be 6
        $warnings | Should -HaveCount 3 -Because 'each of three names is told once'
    }

    It 'leave an object its own members, whatever a column is called' {
        $row = Invoke-AdxQuery 'print PSObject = 1, Count = 2, Length = 3, PSTypeNames = 4' -WarningAction SilentlyContinue
        $row.PSObject.Properties.Name | Should -BeExactly 'PSObject_1', 'Count', 'Length', 'PSTypeNames_1'
        $row.Count | Should -Be 2
    }

    It 'of several results follow one another, with one warning that says how to keep them apart' {
        $rows = Invoke-AdxQuery 'print a = 1; print b = 2; print c = 3' -WarningVariable warnings -WarningAction SilentlyContinue
        $rows | Should -HaveCount 3
        $rows[1].b | Should -Be 2
        $warnings | Should -HaveCount 1
        $warnings[0] | Should -BeLike '*-As DataTable*'
    }

    It 'come with a warning where a union left out a table that is not there' {
        Invoke-AdxQuery 'union isfuzzy=true (print a = 1), Nowhere' -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 1
        $warnings | Should -HaveCount 1
        $warnings[0] | Should -BeLike "*'Nowhere'*"
    }

    It 'are none, without error, where there are none' {
        Invoke-AdxQuery 'Weather | where Rain > 1000' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'come of each query of the pipeline' {
        ('print v = 1', 'print v = 2' | Invoke-AdxQuery).v | Should -Be 1, 2
    }

    It 'stop where Select-Object has enough, and the next query works' {
        (Invoke-AdxQuery 'Weather | sort by Day asc' | Select-Object -First 3).Rain | Should -Be 0.5, 1, 1.5
        (Invoke-AdxQuery 'Weather | count').Count | Should -Be 20
    }

    It 'are refused as unknown, as malformed or as lacking here, each with its place' {
        $unknown = Get-Failure { Invoke-AdxQuery "Weather`n| where Nowhere > 1" }
        $unknown.FullyQualifiedErrorId | Should -BeLike 'AdxQueryFailed,*'
        $unknown.Exception.ServiceCode | Should -BeExactly 'SEM0100'
        $unknown.Exception.Message | Should -BeLike "*Semantic error*'Nowhere'*position=2:9*"
        $malformed = Get-Failure { Invoke-AdxQuery "Weather`n| where" }
        $malformed.FullyQualifiedErrorId | Should -BeLike 'AdxQueryFailed,*'
        $malformed.Exception.ServiceCode | Should -BeExactly 'SYN0002'
        $malformed.Exception.Message | Should -BeLike '*Syntax error*2,8*'
        $lacking = Get-Failure { Invoke-AdxQuery "Weather`n| fork (take 1) (take 2)" }
        $lacking.FullyQualifiedErrorId | Should -BeLike 'AdxLocalNotSupported,*'
        $lacking.CategoryInfo.Category | Should -Be 'NotImplemented'
        $lacking.Exception.Message | Should -BeLike "*no operator 'fork' (line 2, col 3)*may be valid*"
        $lacking.ErrorDetails.RecommendedAction | Should -BeLike '*cluster*'
    }

    It 'come with nothing on the other streams' {
        Invoke-AdxQuery 'print v = 1' 2>&1 3>&1 4>&1 5>&1 6>&1 | Should -BeOfType 'AdxFlow.AdxRow'
    }

    It 'tell with -Verbose the id by which the service knows the query' {
        $told = Invoke-AdxQuery "print mark = 'told'" -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $told | Should -HaveCount 1
        $seen = Invoke-AdxCommand '.show queries' | Where-Object Text -EQ "print mark = 'told'"
        "$told" | Should -BeLike "*$($seen.ClientActivityId)*NetDefaultDB*"
    }
}

Describe 'Invoke-AdxQuery -As DataTable' {
    It 'writes one table for each result, typed, with a name' {
        $tables = @(Invoke-AdxQuery 'print n = 1, t = datetime(2026-01-01), d = dynamic({"a":1.5}), x = long(null); print b = 2' -As DataTable -WarningVariable warnings)
        $tables | Should -HaveCount 2
        $tables | ForEach-Object { $_.GetType() | Should -Be ([System.Data.DataTable]) }
        $tables[0].Columns.DataType | Should -Be ([long], [datetime], [string], [long])
        $tables[0].Rows[0].n | Should -Be 1
        $tables[0].Rows[0].t.Kind | Should -Be 'Utc'
        $tables[0].Rows[0].d | Should -BeExactly '{"a":1.5}'
        $tables[0].Rows[0].IsNull('x') | Should -BeTrue
        $tables[0].TableName | Should -Not -BeNullOrEmpty
        $tables[1].Columns[0].ColumnName | Should -BeExactly 'b'
        $warnings | Should -BeNullOrEmpty
    }

    It 'writes a table without rows where there are none' {
        $table = Invoke-AdxQuery 'Weather | where Rain > 1000' -As DataTable
        $table.Rows.Count | Should -Be 0
        $table.Columns.ColumnName | Should -BeExactly 'Day', 'Kind', 'Rain'
    }

    It 'gives what Send-AdxData takes' {
        $table = Invoke-AdxQuery 'Weather' -As DataTable
        $null = New-AdxTable Copy 'Day:datetime', 'Kind:string', 'Rain:real'
        (Send-AdxData Copy -DataReader $table.CreateDataReader() -Wait).Rows | Should -Be 20
        (Invoke-AdxQuery 'Copy | summarize sum(Rain)').sum_Rain | Should -Be 105
    }
}

Describe 'Invoke-AdxQuery -As Json' {
    It 'writes a line for each row, exact' {
        $lines = Invoke-AdxQuery 'print n = 9223372036854775807, t = datetime(2026-01-01T00:00:00.5Z), d = dynamic({"a":[1,null]}), s = "a\nb", x = long(null)' -As Json
        $lines | Should -BeOfType 'string'
        $lines | Should -BeExactly '{"n":9223372036854775807,"t":"2026-01-01T00:00:00.5Z","d":{"a":[1,null]},"s":"a\nb","x":null}'
        ($lines | ConvertFrom-Json).d.a[0] | Should -Be 1
    }

    It 'makes a file that Send-AdxData sends back' {
        Invoke-AdxQuery 'Weather' -As Json | Set-Content "$TestDrive/rows.json"
        $null = New-AdxTable Back 'Day:datetime', 'Kind:string', 'Rain:real'
        (Send-AdxData Back -Path "$TestDrive/rows.json" -Format Json -Wait).Status | Should -Be 'Succeeded'
        (Invoke-AdxQuery 'Back | summarize n = count(), total = sum(Rain)').total | Should -Be 105
    }
}

Describe 'Invoke-AdxQuery -DeepLink' {
    It 'writes the link of the query, and sends nothing' {
        $script:link = $null
        Get-LocalRequest { $script:link = Invoke-AdxQuery "Weather | where Kind == 'sun'" -DeepLink } | Should -BeNullOrEmpty
        $link | Should -BeOfType 'AdxFlow.AdxDeepLink'
        $link.Link | Should -BeExactly "$((Get-AdxConnection).Cluster)NetDefaultDB?query=Weather%20%7C%20where%20Kind%20%3D%3D%20%27sun%27"
        $link.WebLink | Should -BeNullOrEmpty
    }

    It 'takes each query of the pipeline, and commands, which no tool runs by itself' {
        ('print 1', '.show tables' | Invoke-AdxQuery -DeepLink).Query | Should -BeExactly 'print 1', '.show tables'
    }
}

Describe 'The end of a query' {
    BeforeAll {
        function Get-CancelRequest { (Get-LocalCluster).Requests | Where-Object { $_.Path -eq '/v1/rest/mgmt' } | Measure-Object | ForEach-Object Count }
    }

    It 'comes on the service too, when the pipeline has enough' {
        $before = Get-CancelRequest
        @(Invoke-AdxQuery 'range x from 1 to 100000000 step 1' -Option @{ notruncation = $true } | Select-Object -First 2).x | Should -Be 1, 2
        Wait-Until { (Get-CancelRequest) -gt $before }
    }

    It 'needs no word to the service when the result was whole' {
        $before = Get-CancelRequest
        $null = Invoke-AdxQuery 'Weather'
        $null = Get-AdxTable Weather
        # The one command is that of Get-AdxTable, or its two.
        (Get-CancelRequest) - $before | Should -BeLessOrEqual 2
        Get-LocalRequest { Invoke-AdxQuery 'Weather' } | ForEach-Object Path | Should -BeExactly '/v2/rest/query'
    }
}

Describe 'The operators that one starts with' {
    It '<Query> gives <Rows> rows' -ForEach @(
        @{ Query = 'Weather | where Kind == "sun" and Rain between (1 .. 5)'; Rows = 4 }
        @{ Query = 'Weather | extend Wet = Rain > 5 | where Wet | project Day'; Rows = 10 }
        @{ Query = 'Weather | take 7'; Rows = 7 }
        @{ Query = 'Weather | distinct Kind'; Rows = 2 }
        @{ Query = 'Weather | top 3 by Rain desc'; Rows = 3 }
        @{ Query = 'Weather | summarize count(), avg(Rain) by Kind'; Rows = 2 }
    ) {
        @(Invoke-AdxQuery $Query) | Should -HaveCount $Rows
    }

    It 'summarize by counts and adds up' {
        $groups = Invoke-AdxQuery 'Weather | summarize n = count(), total = sum(Rain) by Kind | sort by Kind asc'
        $groups.Kind | Should -BeExactly 'rain', 'sun'
        $groups.n | Should -Be 10, 10
        $groups.total | Should -Be 55, 50
    }
}

Describe 'The parameters of a query' {
    It 'are values, whatever they look like' {
        $query = 'declare query_parameters(kind:string, least:real); Weather | where Kind == kind and Rain >= least | count'
        (Invoke-AdxQuery $query -Parameter @{ kind = 'sun'; least = 9 }).Count | Should -Be 1
        (Invoke-AdxQuery $query -Parameter @{ kind = "sun' or true or Kind == '"; least = 0 }).Count | Should -Be 0
        (Invoke-AdxQuery 'declare query_parameters(t:string); print v = t' -Parameter @{ t = "it's ""x"" \ y`n" }).v | Should -BeExactly "it's ""x"" \ y`n"
    }
}

Describe 'A parameter that is no plain value' {
    It 'is null as a database has it' {
        $null -eq (Invoke-AdxQuery 'declare query_parameters(n:long); print v = n' -Parameter @{ n = [System.DBNull]::Value }).v | Should -BeTrue
    }

    It 'finds the float that was sent' {
        $null = [pscustomobject]@{ f = [float] 0.1 } | Send-AdxData Floats -CreateTable -Wait
        (Invoke-AdxQuery 'declare query_parameters(f:real); Floats | where f == f | where f == toreal(0.1) | count' -Parameter @{ f = [float] 0.1 }).Count | Should -Be 1
        (Invoke-AdxQuery 'declare query_parameters(p:real); Floats | where f == p | count' -Parameter @{ p = [float] 0.1 }).Count | Should -Be 1
    }

    It 'is refused where it is a secret or code: <Case>' -ForEach @(
        @{ Case = 'a secure string'; Make = { Get-SecureText Geheim } }
        @{ Case = 'a credential'; Make = { [pscredential]::new('user', (Get-SecureText Geheim)) } }
        @{ Case = 'a script block'; Make = { { Get-Geheim } } }
        @{ Case = 'a secret inside'; Make = { @{ deep = (Get-SecureText Geheim) } } }
    ) {
        $script:failure = $null
        $requests = Get-LocalRequest { $script:failure = Get-Failure { Invoke-AdxQuery 'print v = s' -Parameter @{ s = (& $Make) } } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidLiteral,*'
        $failure.Exception.Message | Should -BeLike "*'s'*"
        "$($failure | Format-List * -Force | Out-String)" | Should -Not -BeLike '*Geheim]*'
        $requests | Should -BeNullOrEmpty
    }
}

Describe 'The parameters of a query that declares none' {
    It 'are declared by their types' {
        $since = [datetime]::new(2026, 1, 19, 0, 0, 0, [System.DateTimeKind]::Utc)
        (Invoke-AdxQuery 'Weather | where Day >= since and Kind == kind | count' -Parameter @{ since = $since; kind = 'sun' }).Count | Should -Be 1
        (Invoke-AdxQuery 'print v = d.a[1].b' -Parameter @{ d = @{ a = 1, [pscustomobject]@{ b = 'x' } } }).v | Should -BeExactly 'x'
    }

    It 'are an error where the query declares others' {
        $failure = Get-Failure { Invoke-AdxQuery 'declare query_parameters(a:long); print a' -Parameter @{ b = 1 } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxParameterNotDeclared,*'
        $failure.Exception.Message | Should -BeLike "*'b'*"
    }

    It 'are an error where a value does not fit' {
        $failure = Get-Failure { Invoke-AdxQuery 'declare query_parameters(a:long); print a' -Parameter @{ a = 'x' } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidLiteral,*'
        $failure.Exception.Message | Should -BeLike "*'a'*long*"
    }
}

Describe 'The time and options of a query' {
    It 'refuse <_> as a time' -ForEach '00:00:00', '-00:00:05' {
        (Get-Failure { Invoke-AdxQuery 'print 1' -Timeout $_ }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidTimeout,*'
    }

    It 'refuse a bare number, of which nobody knows the unit' {
        (Get-Failure { Invoke-AdxQuery 'print 1' -Timeout 30 }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        (Invoke-AdxQuery 'print v = 1' -Timeout 30s).v | Should -Be 1
        (Invoke-AdxQuery 'print v = 1' -Timeout $null).v | Should -Be 1
    }

    It 'take the longest there is' {
        (Invoke-AdxQuery 'print v = 1' -Timeout ([timespan]::MaxValue)).v | Should -Be 1
        (Invoke-AdxQuery 'print v = 1' -Timeout ([System.Threading.Timeout]::InfiniteTimeSpan)).v | Should -Be 1
    }

    It 'end a query on the service in time' {
        $failure = Get-Failure { Invoke-AdxQuery 'range x from 1 to 100000000000 step 1 | summarize sum(x)' -Timeout '00:00:01' }
        $failure.Exception.ErrorId | Should -BeIn 'AdxTimeout', 'AdxQueryFailed'
    }

    It 'pass options with their types, and refuse what has none' {
        @(Invoke-AdxQuery 'Weather' -Option @{ query_take_max_records = 3; query_now = [datetime]::UtcNow; notruncation = $true }).Count | Should -BeIn 3, 20
        (Get-Failure { Invoke-AdxQuery 'print 1' -Option @{ notruncation = { $true } } }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidOption,*'
    }
}

Describe 'A query that the service refuses' {
    It 'is no command: those are for another cmdlet' {
        $script:failure = $null
        Get-LocalRequest { $script:failure = Get-Failure { Invoke-AdxQuery "// look`n.drop table Weather" } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidQuery,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Invoke-AdxCommand*'
    }

    It 'has the position and message of the service for a syntax error' {
        $failure = Get-Failure { Invoke-AdxQuery "Weather`n| where Rain >" }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxQueryFailed,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.Exception.Message | Should -BeLike '*Syntax error*'
        $failure.Exception.Message | Should -Match '2[:,]' -Because 'the error is in the second line'
        $failure.TargetObject | Should -BeLike 'Weather*'
        $failure.Exception.ServiceCode | Should -Not -BeNullOrEmpty
        $failure.Exception.ClientRequestId | Should -Not -BeNullOrEmpty
    }

    It 'names a column that is not there' {
        $failure = Get-Failure { Invoke-AdxQuery 'Weather | where Snow > 1' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxQueryFailed,*'
        $failure.Exception.Message | Should -BeLike '*Snow*'
    }

    It 'names a table that is not there' {
        $failure = Get-Failure { Invoke-AdxQuery 'NoSuchTable | count' }
        $failure.Exception.Message | Should -BeLike '*NoSuchTable*'
        $failure.CategoryInfo.Category | Should -BeIn 'ObjectNotFound', 'InvalidArgument'
    }

    It 'names an operator that the stand-in does not know' {
        (Get-Failure { Invoke-AdxQuery 'Weather | evaluate bag_unpack(Kind)' }).Exception.Message | Should -BeLike '*evaluate*'
    }

    It 'goes to a database that is not there' {
        $failure = Get-Failure { Invoke-AdxQuery 'Weather | count' -Database NoSuchDatabase }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxDatabaseNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'comes from who may not read' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        $failure = Get-Failure { Invoke-AdxQuery 'Weather | count' -Connection $stranger }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failure.Exception.Message | Should -BeLike '*Viewer*'
    }

    It 'is sent once: what the service refuses, it refuses again' {
        @(Get-LocalRequest { Get-Failure { Invoke-AdxQuery 'Weather |' } }) | Should -HaveCount 1
    }

    It 'can be caught, and is not without a connection' {
        Disconnect-Adx
        (Get-Failure { Invoke-AdxQuery 'print 1' }).FullyQualifiedErrorId | Should -BeLike 'AdxNotConnected,*'
        $null = Connect-Adx -Local
    }
}

Describe 'A service that is busy' {
    It 'is asked again' {
        Add-LocalFault Query -StatusCode 429 -RetryAfter '00:00:01'
        $requests = Get-LocalRequest { (Invoke-AdxQuery 'Weather | count').Count | Should -Be 20 }
        $requests.Status | Should -Be 429, 200
    }
}
