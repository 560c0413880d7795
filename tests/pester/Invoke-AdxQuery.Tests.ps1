# Queries: typed rows, streamed, and the service's own words where it refuses.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Query'; Form = 'String, mandatory, position 0, from pipeline' }
        @{ Parameter = 'Parameter'; Form = 'Hashtable' }
        @{ Parameter = 'Option'; Form = 'Hashtable' }
        @{ Parameter = 'Timeout'; Form = 'TimeSpan' }
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
        @{ Kql = 'datetime(2026-03-04T05:06:07.1234567Z)'; Type = [datetime]; Value = [datetime]::new(2026, 3, 4, 5, 6, 7, [System.DateTimeKind]::Utc).AddTicks(1234567) }
        @{ Kql = 'timespan(1.02:03:04.5)'; Type = [timespan]; Value = [timespan] '1.02:03:04.5' }
        @{ Kql = 'guid(74be27de-1e4e-49d9-b579-fe0b331d3642)'; Type = [guid]; Value = [guid] '74be27de-1e4e-49d9-b579-fe0b331d3642' }
        @{ Kql = '"a\nb"'; Type = [string]; Value = "a`nb" }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
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
        Get-ParameterForm Invoke-AdxQuery $Parameter '*' | Should -BeExactly $Form
    }
}

Describe 'The rows of Invoke-AdxQuery' {
    It 'are objects with a property for each column, in its order' {
        $row = Invoke-AdxQuery 'Weather | where Kind == "sun" | top 1 by Day asc | project Kind, Rain'
        $row | Should -BeOfType 'PSCustomObject'
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

    It 'come with nothing on the other streams' {
        Invoke-AdxQuery 'print v = 1' -Verbose 2>&1 3>&1 4>&1 5>&1 6>&1 | Should -BeOfType 'PSCustomObject'
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

Describe 'A query that the service refuses' {
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
