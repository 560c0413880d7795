# What a connection reaches: tables, columns, rows.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'ConnectionId'; Form = 'String, mandatory, position 0, by name' }
        @{ Parameter = 'Table'; Form = 'String[], position 1, by name' }
        @{ Parameter = 'Detailed'; Form = 'SwitchParameter' }
        @{ Parameter = 'Preview'; Form = 'SwitchParameter' }
        @{ Parameter = 'Session'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $adx = Connect-Adx -Local
    $null = Connect-Flow -Local
    $null = New-AdxTable Events 'Id:long', 'At:datetime', 'Name:string', 'Share:real', 'Ok:bool'
    $null = New-AdxTable Empty 'Id:long'
    $at = [datetime]::new(2026, 1, 2, 3, 4, 5, [System.DateTimeKind]::Utc)
    $null = [pscustomobject]@{ Id = 1; At = $at; Name = 'a'; Share = 0.5; Ok = $true }, [pscustomobject]@{ Id = 9007199254740993; At = $at; Name = ''; Share = 2; Ok = $null } | Send-AdxData Events -Wait
    $reader = [pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText 'key'))
    $connection = New-FlowConnection Explored -Credential $reader -TenantId contoso.com -AdxConnection $adx -GrantViewer 6>$null
    $blind = New-FlowConnection Blind -Credential ([pscredential]::new('5d1c7f0e-2f4b-4c55-9a1e-7b6d0c9e3f21', (Get-SecureText 'key'))) -TenantId contoso.com -AdxConnection $adx
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-FlowTable $parameters

Describe 'Get-FlowTable' {
    It 'lists the tables in one request' {
        @(Get-LocalRequest { $script:tables = Get-FlowTable $connection.Id } | Where-Object Path -Like '*/explore*') | Should -HaveCount 1
        $tables | Should -BeOfType 'AdxFlow.FlowTable'
        $tables.Table | Sort-Object | Should -BeExactly 'Empty', 'Events'
        $tables[0].ConnectionId | Should -BeExactly $connection.Id
        $tables[0].CanPreview | Should -BeTrue
        $tables[0].Columns | Should -BeNullOrEmpty
    }

    It 'tells the columns of a table that is named, and of all with -Detailed' {
        $table = Get-FlowTable $connection.Id Events
        $table.Columns | Should -BeOfType 'AdxFlow.FlowColumn'
        $table.Columns.Name | Should -BeExactly 'Id', 'At', 'Name', 'Share', 'Ok'
        ($table.Columns | Where-Object IsDateTime).Name | Should -BeExactly 'At'
        (Get-FlowTable $connection.Id -Detailed | Where-Object Table -EQ Empty).Columns.Name | Should -BeExactly 'Id'
        (Get-FlowTable $connection.Id 'ev*').Table | Should -BeExactly 'Events'
    }

    It 'writes rows as objects, of their types' {
        $rows = Get-FlowTable $connection.Id Events -Preview | Sort-Object Id
        $rows | Should -HaveCount 2
        $rows[0].PSObject.Properties.Name | Should -BeExactly 'Id', 'At', 'Name', 'Share', 'Ok'
        $rows[0].Id | Should -BeExactly 1
        $rows[1].Id | Should -BeExactly 9007199254740993
        $rows[0].At | Should -Be $at
        $rows[0].At.Kind | Should -Be 'Utc'
        $rows[0].Share | Should -BeExactly 0.5
        $rows[0].Ok | Should -BeTrue
        $rows[1].Ok | Should -BeNullOrEmpty
        Get-FlowTable $connection.Id Empty -Preview | Should -BeNullOrEmpty
    }

    It 'takes connections and tables from the pipeline' {
        (Get-FlowConnection Expl* | Get-FlowTable).Table | Sort-Object | Should -BeExactly 'Empty', 'Events'
        @(Get-FlowTable $connection.Id Events | Get-FlowTable -Preview) | Should -HaveCount 2
    }

    It 'says of a table that it is missing, and goes on' {
        $found = Get-FlowTable $connection.Id Missing, events, Events -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Table | Should -BeExactly 'Events'
        $failures | Should -HaveCount 2
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowTableNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].Exception.ServiceCode | Should -BeLike 'CONNECTOR-*'
    }

    It 'says what the source said where it may not be read' {
        $failure = Get-Failure { Get-FlowTable $blind.Id -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowSourceRefused,*'
        $failure.Exception.Message | Should -BeLike '*5d1c7f0e*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Viewer*'
        (Get-Failure { Get-FlowTable $blind.Id Events -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowSourceRefused,*'
    }

    It 'shows one line for each, in 120 columns' {
        $lines = @((Get-FlowTable $connection.Id -Detailed | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines | Should -HaveCount 4
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}

Describe 'The completion of tables' {
    It 'offers those seen in the connection, and sends nothing' {
        $null = Get-FlowTable $connection.Id
        $script:offered = $null
        Get-LocalRequest { $script:offered = (TabExpansion2 "Get-FlowTable $($connection.Id) e").CompletionMatches.CompletionText } | Should -BeNullOrEmpty
        $offered | Should -BeExactly 'Empty', 'Events'
        (TabExpansion2 "Get-FlowTable $($blind.Id) e").CompletionMatches.CompletionText | Should -Not -Contain 'Events'
    }
}
